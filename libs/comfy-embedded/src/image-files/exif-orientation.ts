const orientationTag = 0x0112;
const shortType = 3;

/**
 * The orientation in an EXIF block: 1 … 8 as TIFF defines it, 1 when there is none or the block is unsound.
 *
 * @param exif - a TIFF file: the body of a PNG's eXIf chunk.
 */
export function exifOrientation(exif: Buffer): number {
  const order = exif.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const little = order === 'II';
  if (exif.length < 8 || view.getUint16(2, little) !== 42) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > exif.length) return 1;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return view.getUint16(at + 2, little) === shortType && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
