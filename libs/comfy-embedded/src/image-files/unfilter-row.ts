import { ImageError } from '../images/image-errors.ts';

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [fromLeft, fromAbove, fromCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - above),
    Math.abs(estimate - corner),
  ];
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}

/**
 * Undoes the filter of one row in place (PNG specification, 9.2).
 *
 * @param above - the row before it, unfiltered; zeros for the first of a pass.
 * @param pixelBytes - bytes from a sample to the same one of its left neighbour, at least 1.
 */
export function unfilterRow(type: number, row: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  if (type === 0) return;
  if (type > 4) throw new ImageError('IMAGE_FILE_CORRUPT', `a row has filter ${type}, which does not exist`);
  for (let at = 0; at < row.length; at++) {
    const left = at < pixelBytes ? 0 : (row[at - pixelBytes] ?? 0);
    const up = above[at] ?? 0;
    const corner = at < pixelBytes ? 0 : (above[at - pixelBytes] ?? 0);
    const predicted = type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    row[at] = (row[at] ?? 0) + predicted;
  }
}
