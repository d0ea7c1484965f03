import { setImmediate as nextTurn } from 'node:timers/promises';

const bytesPerSlice = 64 * 1024;

/** Filter types of the PNG specification, 9.2. */
const sub = 1;
const up = 2;

function magnitude(byte: number): number {
  return byte < 128 ? byte : 256 - byte;
}

function filterRow(
  pixels: Uint8Array,
  start: number,
  stride: number,
  bytesPerPixel: number,
  target: Uint8Array,
  at: number,
): void {
  let subCost = 0;
  let upCost = 0;
  for (let column = 0; column < stride; column += 1) {
    const value = pixels[start + column] ?? 0;
    const left = column < bytesPerPixel ? 0 : (pixels[start + column - bytesPerPixel] ?? 0);
    const above = start < stride ? 0 : (pixels[start + column - stride] ?? 0);
    subCost += magnitude((value - left) & 255);
    upCost += magnitude((value - above) & 255);
  }
  const type = subCost < upCost ? sub : up;
  target[at] = type;
  for (let column = 0; column < stride; column += 1) {
    const left = column < bytesPerPixel ? 0 : (pixels[start + column - bytesPerPixel] ?? 0);
    const above = start < stride ? 0 : (pixels[start + column - stride] ?? 0);
    target[at + 1 + column] = (pixels[start + column] ?? 0) - (type === sub ? left : above);
  }
}

/**
 * Filters rows of pixels for deflate: per row the cheaper of Sub and Up by sum of absolute differences (PNG specification,
 * 12.7). Works in slices, so that the event loop turns at least once per 64 KiB.
 *
 * @param pixels - uint8, shape `[height, width, bytesPerPixel]`.
 * @returns `height` rows of one filter byte and `bytesPerPixel · width` bytes.
 */
export async function filterRows(
  pixels: Uint8Array,
  width: number,
  height: number,
  bytesPerPixel: number,
): Promise<Uint8Array> {
  const stride = width * bytesPerPixel;
  const filtered = new Uint8Array((stride + 1) * height);
  const rowsPerSlice = Math.max(1, Math.floor(bytesPerSlice / stride));
  for (let row = 0; row < height; row += 1) {
    if (row > 0 && row % rowsPerSlice === 0) await nextTurn();
    filterRow(pixels, row * stride, stride, bytesPerPixel, filtered, row * (stride + 1));
  }
  return filtered;
}
