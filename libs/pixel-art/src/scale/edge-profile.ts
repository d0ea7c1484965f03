import type { Raster } from '../raster.ts';

/** How much a picture changes from each column, or row, to the next. */
export interface EdgeProfile {
  /** Float64, one entry for each inner border: entry i lies between i and i + 1. Absolute differences of RGBA, summed along the border. */
  readonly energy: Float64Array;
  readonly total: number;
}

/** The changes between columns and between rows. Colours count as they look: premultiplied by alpha. */
export function edgeProfiles({ width, height, rgba }: Raster): {
  readonly columns: EdgeProfile;
  readonly rows: EdgeProfile;
} {
  const columns = new Float64Array(Math.max(0, width - 1));
  const rows = new Float64Array(Math.max(0, height - 1));
  const stride = width * 4;
  let [above, row] = [new Float32Array(stride), new Float32Array(stride)];
  for (let y = 0; y < height; y++) {
    [above, row] = [row, above];
    premultiply(rgba, y * stride, row);
    for (let border = 0; border < columns.length; border++) {
      columns[border] = (columns[border] ?? 0) + difference(row, border * 4, row, border * 4 + 4);
    }
    if (y === 0) continue;
    let sum = 0;
    for (let at = 0; at < stride; at += 4) sum += difference(above, at, row, at);
    rows[y - 1] = sum;
  }
  return { columns: profileOf(columns), rows: profileOf(rows) };
}

function profileOf(energy: Float64Array): EdgeProfile {
  return { energy, total: energy.reduce((sum, value) => sum + value, 0) };
}

/** One row of pixels, from byte `start` on, as it looks. */
function premultiply(rgba: Uint8Array, start: number, row: Float32Array): void {
  for (let at = 0; at < row.length; at += 4) {
    const from = start + at;
    const alpha = rgba[from + 3] ?? 0;
    row[at] = ((rgba[from] ?? 0) * alpha) / 255;
    row[at + 1] = ((rgba[from + 1] ?? 0) * alpha) / 255;
    row[at + 2] = ((rgba[from + 2] ?? 0) * alpha) / 255;
    row[at + 3] = alpha;
  }
}

/** Without a loop: called twice a pixel, it decides how long a picture takes. */
function difference(values: Float32Array, one: number, others: Float32Array, other: number): number {
  return (
    Math.abs((values[one] ?? 0) - (others[other] ?? 0)) +
    Math.abs((values[one + 1] ?? 0) - (others[other + 1] ?? 0)) +
    Math.abs((values[one + 2] ?? 0) - (others[other + 2] ?? 0)) +
    Math.abs((values[one + 3] ?? 0) - (others[other + 3] ?? 0))
  );
}
