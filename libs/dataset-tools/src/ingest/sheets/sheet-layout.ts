import { z } from 'zod';
import type { SheetCell } from '../../manifest/source.ts';

const side = z.number().int().min(1).max(4096);
const gap = z.number().int().min(0).max(4096);

/** How pictures lie on a sheet; sizes in source pixels. */
export const sheetLayoutSchema = z.discriminatedUnion('layout', [
  z.strictObject({
    layout: z.literal('grid').describe('cells of one size, row after row'),
    width: side,
    height: side,
    margin: gap.default(0).describe('around all cells'),
    spacing: gap.default(0).describe('between cells'),
  }),
  z.strictObject({ layout: z.literal('gutters').describe('rows and columns parted by empty lines') }),
  z.strictObject({
    layout: z.literal('components').describe('connected shapes, anywhere'),
    mergeDistance: z.number().int().min(0).max(64).default(1).describe('shapes nearer than this are one picture'),
  }),
  z.strictObject({
    layout: z.literal('atlas').describe('places named by an Aseprite or TexturePacker JSON beside the sheet'),
  }),
]);
/** How pictures lie on a sheet. */
export type SheetLayout = z.infer<typeof sheetLayoutSchema>;

/** One place of a sheet. */
export interface PlacedCell {
  readonly cell: SheetCell;
  /** Appended to the sheet's name: `r2c3` for row 2, column 3 counted from 1, or the name that an atlas gives. */
  readonly name: string;
  readonly labels: readonly string[];
}

/** Name and labels of a place in rows and columns, counted from 0 here and from 1 there. */
export function placeInGrid(row: number, column: number): Pick<PlacedCell, 'name' | 'labels'> {
  return { name: `r${row + 1}c${column + 1}`, labels: [`row ${row + 1}`, `column ${column + 1}`] };
}
