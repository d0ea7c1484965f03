import type { RasterSize } from '@dgx-pixels/pixel-art';
import { refuse, type RefusedFile } from '../inspect/inspection.ts';
import { placeInGrid, type PlacedCell, type SheetLayout } from './sheet-layout.ts';

/** All cells of a declared grid. What is left over right and below must be empty space smaller than a cell. */
export function cellsByGrid(
  sheet: RasterSize,
  { width, height, margin, spacing }: Extract<SheetLayout, { layout: 'grid' }>,
): readonly PlacedCell[] | RefusedFile {
  const columns = countCells(sheet.width, width, margin, spacing);
  const rows = countCells(sheet.height, height, margin, spacing);
  if (columns === null || rows === null) {
    const grid = `cells of ${width}×${height}, margin ${margin}, spacing ${spacing}`;
    return refuse('sheet-does-not-divide', `${sheet.width}×${sheet.height} pixels do not divide into ${grid}`);
  }
  return Array.from({ length: rows * columns }, (_none, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const [left, top] = [margin + column * (width + spacing), margin + row * (height + spacing)];
    return { cell: { left, top, width, height }, ...placeInGrid(row, column) };
  });
}

/** Cells along one side: with the margin at both ends, or at the first only, and no spacing after the last. */
function countCells(side: number, cell: number, margin: number, spacing: number): number | null {
  const count = (side - margin + spacing) / (cell + spacing);
  const countBetweenMargins = (side - 2 * margin + spacing) / (cell + spacing);
  if (Number.isInteger(countBetweenMargins) && countBetweenMargins >= 1) return countBetweenMargins;
  if (Number.isInteger(count) && count >= 1) return count;
  const countWithTrailingSpace = (side - margin) / (cell + spacing);
  return Number.isInteger(countWithTrailingSpace) && countWithTrailingSpace >= 1 ? countWithTrailingSpace : null;
}
