import { drawEnlarged, pixelWords, type Raster, type RasterSize } from '@dgx-pixels/pixel-art';

/** Where an enlarged picture lies in the picture that a trainer reads. */
export interface Placement {
  /** Pixels per art pixel, a multiple of 8. */
  readonly factor: number;
  /** Pixels before it; multiples of `factor`. */
  readonly left: number;
  readonly top: number;
}

/** The autoencoders of SDXL and of the bundled model turn 8 × 8 pixels into one latent cell. */
const latentCell = 8;

/**
 * The largest placement whose art pixels fill whole latent cells: the factor is the largest multiple of 8 that fits, or the
 * one that is given; before the picture lie whole art pixels of padding, as many as leave it nearest to the middle.
 *
 * @param factor pixels per art pixel; null: as large as fits
 * @returns null when the picture does not fit
 */
export function placePicture(native: RasterSize, frame: RasterSize, factor: number | null): Placement | null {
  const most = Math.min(frame.width / native.width, frame.height / native.height);
  const chosen = factor ?? Math.floor(most / latentCell) * latentCell;
  if (chosen < latentCell || chosen > most) return null;
  const margin = (free: number): number => Math.floor(free / 2 / chosen) * chosen;
  return {
    factor: chosen,
    left: margin(frame.width - native.width * chosen),
    top: margin(frame.height - native.height * chosen),
  };
}

/** Draws an opaque picture into a plain frame: every art pixel becomes a square of `factor` pixels, nothing is resampled. */
export function drawInFrame(
  native: Raster,
  frame: RasterSize,
  { factor, left, top }: Placement,
  background: string,
): Raster {
  const drawn = new Uint32Array(frame.width * frame.height).fill(wordOf(background));
  const picture = { width: frame.width, height: frame.height, rgba: new Uint8Array(drawn.buffer) };
  drawEnlarged(native, factor, picture, left, top);
  return picture;
}

/** The way back: one pixel for each art pixel, or null when the frame holds anything that `drawInFrame` would not have drawn. */
export function takeFromFrame(
  framed: Raster,
  native: RasterSize,
  placement: Placement,
  background: string,
): Raster | null {
  const { factor, left, top } = placement;
  const fits = left + native.width * factor <= framed.width && top + native.height * factor <= framed.height;
  if (!fits) return null;
  const words = pixelWords(framed);
  const pixels = new Uint32Array(native.width * native.height);
  for (let y = 0; y < native.height; y++) {
    for (let x = 0; x < native.width; x++) {
      pixels[y * native.width + x] = words[(top + y * factor) * framed.width + left + x * factor] ?? 0;
    }
  }
  const taken = { width: native.width, height: native.height, rgba: new Uint8Array(pixels.buffer) };
  const again = drawInFrame(taken, framed, placement, background);
  return Buffer.compare(again.rgba, framed.rgba) === 0 ? taken : null;
}

/** An opaque colour as one number in the machine's byte order. */
function wordOf(colour: string): number {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return new Uint32Array(Uint8Array.of(channel(1), channel(3), channel(5), 255).buffer)[0] ?? 0;
}
