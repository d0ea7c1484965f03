import sharp from 'sharp';

/** Side of a tile in pixels: 12 for each cell of a 16 × 16 sprite, 6 for each of a 32 × 32 one. */
const tileSide = 192;
const gap = 8;
const columns = 8;
const background = { r: 24, g: 24, b: 28, alpha: 1 } as const;

/** Larger images than SDXL's are not evidence of this benchmark. */
const maxInputPixels = 4096 * 4096;

/**
 * Draws images as tiles of equal size, eight a row. Pixel art keeps its edges: images up to 256 pixels are resized to
 * the nearest pixel, larger ones smoothly.
 *
 * @param images - encoded images (PNG), at least one
 * @returns a PNG file
 * @throws sharp's own error for bytes that are not an image
 */
export async function drawContactSheet(images: readonly Uint8Array[]): Promise<Buffer> {
  const tiles = await Promise.all(
    images.map(async (bytes) => {
      const image = sharp(bytes, { limitInputPixels: maxInputPixels });
      const { width } = await image.metadata();
      const kernel = width <= 256 ? sharp.kernel.nearest : sharp.kernel.lanczos3;
      return image.resize(tileSide, tileSide, { kernel, fit: 'contain', background }).png().toBuffer();
    }),
  );
  const across = Math.min(columns, tiles.length);
  const down = Math.ceil(tiles.length / columns);
  const place = (index: number): number => gap + index * (tileSide + gap);
  return sharp({ create: { width: place(across), height: place(down), channels: 4, background } })
    .composite(
      tiles.map((input, index) => ({ input, left: place(index % columns), top: place(Math.floor(index / columns)) })),
    )
    .png({ compressionLevel: 9 })
    .toBuffer();
}
