import type { SheetInk } from './empty-colour.ts';
import { placeInGrid, type PlacedCell } from './sheet-layout.ts';

/**
 * Cells between empty rows and columns, found by projection profiles: first the bands of rows that hold something, then,
 * band by band, the columns that do. Cells are as tall as their band and as wide as their columns, so that the frames of
 * a row keep their baseline.
 */
export function cellsByGutters({ width, height, ink }: SheetInk): readonly PlacedCell[] {
  const rows = new Uint8Array(height);
  for (let pixel = 0; pixel < ink.length; pixel++) if (ink[pixel] === 1) rows[Math.floor(pixel / width)] = 1;
  return runsOf(rows).flatMap(([top, bottom], row) => {
    const columns = new Uint8Array(width);
    for (let y = top; y < bottom; y++) {
      for (let x = 0; x < width; x++) if (ink[y * width + x] === 1) columns[x] = 1;
    }
    return runsOf(columns).map(([left, right], column) => ({
      cell: { left, top, width: right - left, height: bottom - top },
      ...placeInGrid(row, column),
    }));
  });
}

/** Runs of ones, as [from, to). */
function runsOf(marks: Uint8Array): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (let at = 0; at < marks.length; at++) {
    if (marks[at] === 0) continue;
    const last = runs.at(-1);
    if (last?.[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  }
  return runs;
}
