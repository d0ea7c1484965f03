import { z } from 'zod';
import { colourSchema, datasetManifestSchema } from '../manifest/dataset-manifest.ts';
import { licenceSchema } from '../manifest/licence.ts';
import { sheetLayoutSchema } from './sheets/sheet-layout.ts';

const path = z.string().min(1).max(4096);
const sheet = sheetLayoutSchema
  .nullable()
  .default(null)
  .describe('how the pictures of this source lie on sheets; null: one picture a file');

const only = z
  .array(z.string().min(1).max(200))
  .min(1)
  .max(100_000)
  .nullable()
  .default(null)
  .describe('file names without folder and ending; null: all pictures');

const sourceRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path, sheet, only }),
  z.strictObject({ kind: z.literal('file'), path, sheet, only }),
  z.strictObject({ kind: z.literal('zip'), path, sheet, only }),
  z.strictObject({
    kind: z.literal('package'),
    path: path.describe('tarball that npm pack made'),
    package: z.string().min(1).max(214),
    integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'must be sha512-…, as in a lock file'),
    options: z.record(z.string(), z.string()).default({}),
    sheet,
    only,
  }),
]);
/** One thing to take pictures from. */
export type SourceRequest = z.infer<typeof sourceRequestSchema>;

const { name, title, description, trigger, heldOut } = datasetManifestSchema.shape;

/** What to put into which dataset. */
export const ingestRequestSchema = z.strictObject({
  into: path.describe('folder of the dataset; made if need be, extended if it is there'),
  sources: z.array(sourceRequestSchema).min(1).max(100),
  scale: z
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('source pixels per native pixel; null: find out'),
  licence: licenceSchema.nullable().default(null).describe('of pictures for which nothing else says one'),
  licencesFile: path.nullable().default(null).describe('CSV or JSON: path pattern → licence; goes before all else'),
  dataset: z
    .strictObject({
      name: name.optional(),
      title: title.optional(),
      description: description.optional(),
      trigger: trigger.optional(),
      palette: z.array(colourSchema).min(1).max(256).nullable().optional(),
      heldOut: heldOut.optional(),
    })
    .default({})
    .describe('what to write into the manifest; what is left out stays as it is'),
});
/** What to put into which dataset, with defaults left out. */
export type IngestRequest = z.input<typeof ingestRequestSchema>;
/** What to put into which dataset. */
export type CheckedIngestRequest = z.infer<typeof ingestRequestSchema>;
