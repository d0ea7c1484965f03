/**
 * Undoes the row filters of a PNG in place (ISO/IEC 15948, clause 9). A loop for each filter: what it does to a byte is too
 * little to ask each time which one it is.
 *
 * @param rows each with its filter byte in front
 * @param stride bytes of a row without that byte
 * @param step bytes of a pixel, at least 1
 * @returns false for an unknown filter
 */
export function undoFilters(rows: Uint8Array, stride: number, step: number): boolean {
  for (let start = 0; start < rows.length; start += stride + 1) {
    const filter = rows[start] ?? 0;
    if (filter === 0) continue;
    if (filter > 4) return false;
    const row = rows.subarray(start + 1, start + 1 + stride);
    // Above the first row all is 0.
    const above = start === 0 ? new Uint8Array(stride) : rows.subarray(start - stride, start);
    if (filter === 1) undoSub(row, step);
    else if (filter === 2) undoUp(row, above);
    else if (filter === 3) undoAverage(row, above, step);
    else undoPaeth(row, above, step);
  }
  return true;
}

function undoSub(row: Uint8Array, step: number): void {
  for (let at = step; at < row.length; at++) row[at] = (row[at] ?? 0) + (row[at - step] ?? 0);
}

function undoUp(row: Uint8Array, above: Uint8Array): void {
  for (let at = 0; at < row.length; at++) row[at] = (row[at] ?? 0) + (above[at] ?? 0);
}

function undoAverage(row: Uint8Array, above: Uint8Array, step: number): void {
  const head = Math.min(step, row.length);
  for (let at = 0; at < head; at++) row[at] = (row[at] ?? 0) + ((above[at] ?? 0) >> 1);
  for (let at = head; at < row.length; at++) {
    row[at] = (row[at] ?? 0) + (((row[at - step] ?? 0) + (above[at] ?? 0)) >> 1);
  }
}

function undoPaeth(row: Uint8Array, above: Uint8Array, step: number): void {
  // Without a pixel to the left the nearest to the estimate is the one above.
  const head = Math.min(step, row.length);
  for (let at = 0; at < head; at++) row[at] = (row[at] ?? 0) + (above[at] ?? 0);
  for (let at = head; at < row.length; at++) {
    const [left, top, corner] = [row[at - step] ?? 0, above[at] ?? 0, above[at - step] ?? 0];
    const toLeft = Math.abs(top - corner);
    const toTop = Math.abs(left - corner);
    const toCorner = Math.abs(left + top - corner - corner);
    const nearest = toLeft <= toTop && toLeft <= toCorner ? left : toTop <= toCorner ? top : corner;
    row[at] = (row[at] ?? 0) + nearest;
  }
}
