import type { RasterSize } from '@dgx-pixels/pixel-art';
import { z } from 'zod';
import { refuse, type RefusedFile } from '../inspect/inspection.ts';
import { labelWords } from '../naming/label-words.ts';
import type { PlacedCell } from './sheet-layout.ts';

const whole = z.number().int().min(0).max(16_384);
const frame = z.object({
  filename: z.string().min(1).max(200).optional(),
  frame: z.object({ x: whole, y: whole, w: whole.min(1), h: whole.min(1) }),
  rotated: z.boolean().default(false),
});
/** `frames` as a list or by name: Aseprite and TexturePacker write the same two forms. */
const atlasSchema = z.object({ frames: z.union([z.array(frame).max(50_000), z.record(z.string().max(200), frame)]) });

/**
 * The places that an atlas names. Frames that were turned to pack them closer are refused: turning them back is up to the
 * packer.
 *
 * @param text JSON of Aseprite (array or hash) or TexturePacker
 */
export function cellsByAtlas(sheet: RasterSize, text: string): readonly PlacedCell[] | RefusedFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('atlas-invalid', 'the atlas is no JSON');
  }
  const parsed = atlasSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse('atlas-invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { frames } = parsed.data;
  const named = Array.isArray(frames)
    ? frames.map((entry, index) => [entry.filename ?? `frame ${index + 1}`, entry] as const)
    : Object.entries(frames);
  const cells: PlacedCell[] = [];
  for (const [name, { frame: place, rotated }] of named) {
    if (rotated) return refuse('atlas-invalid', `${name} lies turned on the sheet`);
    if (place.x + place.w > sheet.width || place.y + place.h > sheet.height) {
      const rectangle = `${place.w}×${place.h} at ${place.x},${place.y}`;
      return refuse('atlas-invalid', `${name} is ${rectangle} of a sheet of ${sheet.width}×${sheet.height}`);
    }
    const cell = { left: place.x, top: place.y, width: place.w, height: place.h };
    const stem = name.replace(/\.(png|aseprite|ase|gif)$/i, '');
    cells.push({ cell, name: stem, labels: [...labelWords(stem)] });
  }
  return cells;
}
