import { PixelArtError } from './errors.ts';
import { checkRaster, type Raster, type RasterSize } from './raster.ts';

function refuse(message: string): PixelArtError {
  return new PixelArtError('PIXEL_REQUEST_INVALID', message);
}

/** Copies the part of `from` at `left`, `top` with the size of `size` to `toLeft`, `toTop` of `into`. */
function copyPart(from: Raster, left: number, top: number, size: RasterSize, into: Raster, at: [number, number]): void {
  for (let y = 0; y < size.height; y++) {
    const start = ((top + y) * from.width + left) * 4;
    into.rgba.set(from.rgba.subarray(start, start + size.width * 4), ((at[1] + y) * into.width + at[0]) * 4);
  }
}

/**
 * Puts frames of one size side by side, row after row from the top left. Places that are left over are transparent.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID without frames, for frames of different sizes, or for no columns.
 */
export function joinSheet(frames: readonly Raster[], columns: number): Raster {
  frames.forEach(checkRaster);
  const [first] = frames;
  if (first === undefined) throw refuse('a sheet has at least one frame');
  if (!Number.isSafeInteger(columns) || columns < 1) throw refuse(`a sheet has whole columns, not ${columns}`);
  const { width, height } = first;
  const other = frames.find((frame) => frame.width !== width || frame.height !== height);
  if (other !== undefined) {
    throw refuse(`a frame has ${other.width}×${other.height} pixels, the first one ${width}×${height}`);
  }
  const across = Math.min(columns, frames.length);
  const size = { width: across * width, height: Math.ceil(frames.length / columns) * height };
  const sheet = { ...size, rgba: new Uint8Array(size.width * size.height * 4) };
  frames.forEach((frame, index) => {
    copyPart(frame, 0, 0, first, sheet, [(index % across) * width, Math.floor(index / across) * height]);
  });
  return sheet;
}

/**
 * Takes a sheet apart into its frames, in the order of `joinSheet`.
 *
 * @param count - frames to take. @default all that fit
 * @throws PixelArtError PIXEL_REQUEST_INVALID when the frames do not fill the sheet's sides, or it has fewer.
 */
export function splitSheet(sheet: Raster, frame: RasterSize, count?: number): readonly Raster[] {
  checkRaster(sheet);
  const [columns, rows] = [sheet.width / frame.width, sheet.height / frame.height];
  if (![frame.width, frame.height, columns, rows].every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw refuse(`${sheet.width}×${sheet.height} does not divide into frames of ${frame.width}×${frame.height}`);
  }
  const frames = count ?? columns * rows;
  if (!Number.isSafeInteger(frames) || frames < 1 || frames > columns * rows) {
    throw refuse(`the sheet has ${columns * rows} frames, not ${frames}`);
  }
  return Array.from({ length: frames }, (_none, index) => {
    const cut = { width: frame.width, height: frame.height, rgba: new Uint8Array(frame.width * frame.height * 4) };
    copyPart(sheet, (index % columns) * frame.width, Math.floor(index / columns) * frame.height, frame, cut, [0, 0]);
    return cut;
  });
}
