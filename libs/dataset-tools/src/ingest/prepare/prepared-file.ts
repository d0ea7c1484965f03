import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { type FaultKind, faultKinds } from '../../faults/fault-kinds.ts';
import { datasetImageSchema } from '../../manifest/dataset-manifest.ts';
import { sheetCellSchema } from '../../manifest/source.ts';

const isFaultKind = (kind: string): kind is FaultKind => Object.hasOwn(faultKinds, kind);

/** A picture that lies in images/ by now, and what was measured of it. */
const preparedPictureSchema = datasetImageSchema
  .pick({ id: true, width: true, height: true, fileSha256: true, scale: true, facts: true })
  .extend({
    place: z
      .strictObject({
        cell: sheetCellSchema,
        name: z.string().max(200),
        labels: z.array(z.string().min(1).max(80)).max(32),
      })
      .nullable()
      .describe('where on its sheet; null for a picture of its own'),
  });
/** A picture that lies in images/ by now, and what was measured of it. */
export type PreparedPicture = z.infer<typeof preparedPictureSchema>;

/** What became of one file. */
export const preparedFileSchema = z.strictObject({
  sha256: sha256Schema.nullable().describe('of the file; null when it could not be read'),
  pictures: z.array(preparedPictureSchema),
  faults: z.array(
    z.strictObject({
      kind: z.string().refine(isFaultKind),
      place: z.string().max(200).nullable().describe('cell of the sheet'),
      message: z.string(),
    }),
  ),
});
/** What became of one file. */
export type PreparedFile = z.infer<typeof preparedFileSchema>;
