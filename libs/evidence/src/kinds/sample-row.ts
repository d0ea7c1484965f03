import { z } from 'zod';
import { sha256Schema } from '../envelope.ts';
import { relativePathSchema } from '../relative-path.ts';

/** One generated image of a measured run. */
const sampleImageSchema = z.strictObject({
  sha256: sha256Schema.describe('hash of the PNG file as received'),
  pixelsSha256: sha256Schema.describe('hash of the decoded RGBA bytes: text chunks do not hide a repeated picture'),
  width: z.number().int().min(1).max(16_384),
  height: z.number().int().min(1).max(16_384),
  blank: z.boolean().describe('all pixels have one colour'),
  path: relativePathSchema.nullable().describe('artifact that holds the file, null if it was not kept'),
});

/** One measured run: a line of a samples file. */
export const sampleRowSchema = z.strictObject({
  index: z.number().int().min(0).max(99_999),
  seed: z
    .string()
    .regex(/^[0-9]{1,20}$/)
    .describe('decimal, 0 … 2⁶⁴−1'),
  promptId: z.string().min(1).max(200),
  prompt: z.string().max(4000),
  startedAt: z.iso.datetime({ precision: 3 }).describe('UTC, milliseconds'),
  clientMs: z
    .number()
    .positive()
    .max(86_400_000)
    .describe('from sending the prompt to the last image’s name, client clock'),
  serverMs: z.number().min(0).nullable().describe('between the server’s own start and end marks'),
  nodeMs: z.record(z.string().min(1).max(60), z.number().min(0)).describe('node id → time'),
  cachedNodes: z.array(z.string().min(1).max(60)).max(1000).describe('node ids that the server took from its cache'),
  images: z.array(sampleImageSchema).max(4096),
  failure: z.string().min(1).max(4000).nullable().describe('null for a run that succeeded'),
});
/** One measured run: a line of a samples file. */
export type SampleRow = z.infer<typeof sampleRowSchema>;
