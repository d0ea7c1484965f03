import type { Raster } from '@dgx-pixels/pixel-art';
import { refuse, type RefusedFile } from '../inspect/inspection.ts';
import type { SheetCell } from '../../manifest/source.ts';
import { cellsByAtlas } from './cells-by-atlas.ts';
import { cellsByComponents } from './cells-by-components.ts';
import { cellsByGrid } from './cells-by-grid.ts';
import { cellsByGutters } from './cells-by-gutters.ts';
import { findInk, type SheetInk } from './empty-colour.ts';
import type { PlacedCell, SheetLayout } from './sheet-layout.ts';

/** Most pictures of one sheet. */
const maxCells = 20_000;

/**
 * Places of the pictures on a sheet; empty cells are dropped, the others keep row and column.
 *
 * @param atlas text of the JSON beside the sheet; null when there is none
 */
export function findCells(
  sheet: Raster,
  layout: SheetLayout,
  atlas: string | null,
): readonly PlacedCell[] | RefusedFile {
  const ink = findInk(sheet);
  const cells = cellsOf(sheet, ink, layout, atlas);
  if ('kind' in cells) return cells;
  const filled = cells.filter(({ cell }) => holdsInk(ink, cell));
  if (filled.length === 0)
    return refuse('sheet-without-cells', `${sheet.width}×${sheet.height} pixels, ${cells.length} cells, all empty`);
  if (filled.length > maxCells)
    return refuse('sheet-without-cells', `${filled.length} cells are more than ${maxCells}: noise`);
  return filled;
}

function cellsOf(
  sheet: Raster,
  ink: SheetInk,
  layout: SheetLayout,
  atlas: string | null,
): readonly PlacedCell[] | RefusedFile {
  if (layout.layout === 'grid') return cellsByGrid(sheet, layout);
  if (layout.layout === 'gutters') return cellsByGutters(ink);
  if (layout.layout === 'components') return cellsByComponents(ink, layout.mergeDistance);
  return atlas === null ? refuse('atlas-invalid', 'there is no JSON beside the sheet') : cellsByAtlas(sheet, atlas);
}

function holdsInk({ width, ink }: SheetInk, cell: SheetCell): boolean {
  for (let y = cell.top; y < cell.top + cell.height; y++) {
    const start = y * width + cell.left;
    if (ink.subarray(start, start + cell.width).includes(1)) return true;
  }
  return false;
}

/** A copy of one cell. */
export function cutCell(sheet: Raster, { left, top, width, height }: SheetCell): Raster {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * sheet.width + left) * 4;
    rgba.set(sheet.rgba.subarray(start, start + width * 4), y * width * 4);
  }
  return { width, height, rgba };
}
