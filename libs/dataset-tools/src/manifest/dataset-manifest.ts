import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { captionSchema } from './caption.ts';
import { licenceSchema } from './licence.ts';
import { scaleSchema } from './scale.ts';
import { sourceSchema } from './source.ts';
import { transformSchema } from './transform.ts';

const count = z.number().int().min(0);
const side = z.number().int().min(1).max(4096);

/** `#rrggbb`, lower case. */
export const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour as #rrggbb');

/** One native-size picture of a dataset and everything that is known about it. */
export const datasetImageSchema = z.strictObject({
  id: sha256Schema.describe('hash of the canonical pixels (canonicalPixelsSha256); the picture is images/<id>.png'),
  name: z.string().min(1).max(200).describe('unique in the set; path below the source folder without its ending'),
  width: side.describe('native pixels'),
  height: side.describe('native pixels'),
  fileSha256: sha256Schema.describe('hash of images/<id>.png'),
  source: sourceSchema,
  scale: scaleSchema,
  licence: licenceSchema,
  labels: z.array(z.string().min(1).max(80)).max(32).describe('words of folders and file names, outermost first'),
  facts: z.strictObject({
    colours: count.describe('different colours of the pixels that are not transparent'),
    palette: z.array(colourSchema).max(256).describe('the commonest colours, commonest first'),
    alpha: z.enum(['none', 'binary', 'partial']),
    opaquePixels: count,
    orphanPixels: count.describe('visible pixels none of whose eight neighbours has their colour'),
  }),
  group: sha256Schema.describe('id of the first picture of its duplicates group; its own id when it stands alone'),
  split: z.enum(['train', 'held-out']),
  caption: captionSchema.nullable().describe('null until the picture has been captioned'),
  derivedFrom: sha256Schema.nullable().describe('id of the picture it was augmented from; null for an original'),
  transforms: z.array(transformSchema).max(16).describe('from that picture to this one, in order'),
});
/** One native-size picture of a dataset and everything that is known about it. */
export type DatasetImage = z.infer<typeof datasetImageSchema>;

/** `dataset.json`: the one index of a dataset. Every other file of it is named here or made from it. */
export const datasetManifestSchema = z.strictObject({
  schema: z.literal('dgx-pixels/dataset/v1'),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case words and dashes'),
  title: z.string().min(1).max(120),
  description: z.string().max(2000),
  trigger: z
    .string()
    .regex(/^[a-z0-9][a-z0-9 -]{0,39}$/)
    .nullable()
    .describe('word that stands for the style in captions'),
  palette: z.array(colourSchema).min(1).max(256).nullable().describe('declared palette; null: any colours'),
  heldOut: z.union([z.literal(5), z.literal(10)]).describe('how many pictures are kept from training'),
  images: z.array(datasetImageSchema).max(200_000).describe('by name'),
});
/** `dataset.json`: the one index of a dataset. */
export type DatasetManifest = z.infer<typeof datasetManifestSchema>;
