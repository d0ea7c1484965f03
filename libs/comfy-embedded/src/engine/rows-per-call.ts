/**
 * Attention scores grow with the square of the latent's cells; this many cells² in one call keep the UNet's working
 * memory at about 300 MB.
 */
const maxSquaredCells = 2 * 16_384 ** 2;
const maxRows = 32;

/** How many latents of `cells` = height × width one UNet call takes; at least one. */
export function rowsPerCall(cells: number): number {
  return Math.max(1, Math.min(maxRows, Math.floor(maxSquaredCells / cells ** 2)));
}
