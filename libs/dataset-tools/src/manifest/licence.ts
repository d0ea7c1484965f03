import { z } from 'zod';

const line = z.string().min(1).max(400);

/** Under what terms one picture may be used, and whom to name. */
export const licenceSchema = z.strictObject({
  spdx: z.string().min(1).max(100).nullable().describe('SPDX expression, for example CC0-1.0; null: nobody said'),
  author: line.nullable(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(400)
    .nullable()
    .describe('page where the picture and its licence stand'),
  notice: z.string().max(4000).nullable().describe('text that the licence wants kept'),
});
/** Under what terms one picture may be used, and whom to name. */
export type ImageLicence = z.infer<typeof licenceSchema>;
