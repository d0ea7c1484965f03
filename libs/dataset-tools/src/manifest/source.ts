import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';

const offset = z.number().int().min(0).max(16_384);
const side = z.number().int().min(1).max(16_384);

/** Control characters, line separators, lone surrogates, and the marks that turn the direction of writing. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a path is relative, uses `/`, stays in its folder and shows all its characters. Spaces and letters of any script may be. */
export function isSourcePath(path: string): boolean {
  return !hidden.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A rectangle of a sheet, in source pixels. */
export const sheetCellSchema = z.strictObject({ left: offset, top: offset, width: side, height: side });
/** A rectangle of a sheet, in source pixels. */
export type SheetCell = z.infer<typeof sheetCellSchema>;

/** Where a picture came from: a file of the source, or a cell of a sheet in it. */
export const sourceSchema = z.strictObject({
  path: z.string().min(1).max(1000).refine(isSourcePath).describe('below the source folder or in the archive'),
  origin: z.string().min(1).max(200).describe('what was ingested: name of the folder or archive, or package@version'),
  sha256: sha256Schema.describe('hash of the source file as it was found; a copy lies in sources/<sha256>'),
  cell: sheetCellSchema.nullable().describe('part of a sheet in source pixels; null for a picture of its own'),
});
/** Where a picture came from. */
export type ImageSource = z.infer<typeof sourceSchema>;
