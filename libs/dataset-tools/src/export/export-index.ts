import { isPlainRelativePath, sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { colourSchema } from '../manifest/dataset-manifest.ts';
import { licenceSchema } from '../manifest/licence.ts';

const side = z.number().int().min(64).max(4096);
const sizeSchema = z.strictObject({ width: side, height: side });
const exportedPath = z.string().min(1).max(240).refine(isPlainRelativePath).describe('below the export');

/** `kohya`: sd-scripts' dataset configuration; `imagefolder`: `datasets` and the scripts of diffusers. */
export const exportFormatSchema = z.enum(['kohya', 'imagefolder']);

/** One picture as a trainer reads it. */
const exportedImageSchema = z.strictObject({
  id: sha256Schema.describe('of the dataset image: hash of its canonical native pixels'),
  file: exportedPath,
  sha256: sha256Schema.describe('of that file'),
  split: z.enum(['train', 'held-out']),
  caption: z.string().min(1).max(1000),
  native: z.strictObject({ width: z.number().int().min(1), height: z.number().int().min(1) }),
  frame: sizeSchema.describe('pixels of the file'),
  factor: z.number().int().min(8).multipleOf(8).describe('pixels per art pixel'),
  left: z.number().int().min(0).multipleOf(8),
  top: z.number().int().min(0).multipleOf(8),
  background: colourSchema,
  licence: licenceSchema,
});
/** One picture as a trainer reads it. */
export type ExportedImage = z.infer<typeof exportedImageSchema>;

/** `export.json`: what was exported from where, so that it can be checked and read back. */
export const exportIndexSchema = z.strictObject({
  schema: z.literal('dgx-pixels/dataset-export/v1'),
  format: exportFormatSchema,
  dataset: z.string().min(1).max(60),
  trigger: z.string().max(40).nullable(),
  manifestSha256: sha256Schema.describe('of the dataset.json it was made from'),
  width: side.describe('of every picture, or of the square that buckets have about the area of'),
  height: side,
  aspectBuckets: z.boolean().describe('whether pictures have the bucket nearest to their shape'),
  images: z.array(exportedImageSchema).min(1).max(200_000),
});
/** `export.json`. */
export type ExportIndex = z.infer<typeof exportIndexSchema>;

/** `dataset.lock.json`: hashes of everything that a trainer reads; training refuses to go on when one of them changed. */
export const datasetLockSchema = z.strictObject({
  schema: z.literal('dgx-pixels/dataset-lock/v1'),
  dataset: z.string().min(1).max(60),
  files: z.array(z.strictObject({ path: exportedPath, sha256: sha256Schema })).min(1),
  licences: z.array(z.strictObject({ spdx: z.string(), pictures: z.number().int().min(1) })),
});
/** `dataset.lock.json`. */
export type DatasetLock = z.infer<typeof datasetLockSchema>;
