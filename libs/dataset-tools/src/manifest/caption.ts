import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';

/** The words that a trainer reads beside a picture. */
export const captionSchema = z.strictObject({
  text: z.string().min(1).max(1000).describe('one line'),
  source: z
    .enum(['auto', 'edited', 'imported', 'augmented'])
    .describe('auto: by a captioner; edited: by a person; imported: with the pictures; augmented: rewritten from one'),
  captioner: z.string().min(1).max(100).nullable().describe('name and version; null where no captioner wrote it'),
  autoSha256: sha256Schema.nullable().describe('hash of the last text that a captioner wrote for this picture'),
});
/** The words that a trainer reads beside a picture. */
export type ImageCaption = z.infer<typeof captionSchema>;
