import { z } from 'zod';
import { DatasetError } from '../errors.ts';
import { colourSchema } from '../manifest/dataset-manifest.ts';
import { type ExportIndex, exportFormatSchema } from './export-index.ts';

const side = z
  .number()
  .refine((value) => Number.isSafeInteger(value) && value >= 64 && value <= 2048 && value % 64 === 0, {
    error: ({ input }) => `a side of ${String(input)} is no multiple of 64 from 64 to 2048`,
  });
const factor = z.number().refine((value) => Number.isSafeInteger(value) && value >= 8 && value % 8 === 0, {
  error: ({ input }) => `a factor of ${String(input)} is no multiple of 8`,
});
const background = z.string().refine((value) => value === 'contrast' || colourSchema.safeParse(value).success, {
  error: ({ input }) => `"${String(input)}" is neither #rrggbb nor contrast`,
});

const exportRequestSchema = z
  .strictObject({
    format: exportFormatSchema,
    out: z.string().min(1),
    width: side,
    height: side,
    factor: factor.nullable(),
    background,
    aspectBuckets: z.boolean().optional(),
  })
  .superRefine(({ format, width, height, aspectBuckets }, check) => {
    if (format !== 'imagefolder') return;
    if (width !== height) check.addIssue(`${width}×${height}: scripts that read an imagefolder cut to a square`);
    if (aspectBuckets === true)
      check.addIssue('scripts that read an imagefolder know no buckets, they cut to a square');
  });

/** What to export and how. */
export interface ExportRequest {
  readonly format: ExportIndex['format'];
  /** Folder that is made; an earlier export of ours in it is replaced, nothing else is. */
  readonly out: string;
  /** Size of every picture, multiples of 64: 1024 for SDXL, 128, 256 or 512 for the bundled model. */
  readonly width: number;
  readonly height: number;
  /** Pixels per art pixel, a multiple of 8 (the bundled model wants 8); null: for each picture as many as fit. */
  readonly factor: number | null;
  /** `#rrggbb`, or `contrast`: for each picture a plain colour far from its own. */
  readonly background: string;
  /** Kohya only: pictures get the bucket of `width` × `height` that is nearest to their shape. @default false */
  readonly aspectBuckets?: boolean | undefined;
}

/** @throws DatasetError DATASET_REQUEST_INVALID, all faults at once */
export function checkExportRequest(request: ExportRequest): void {
  const parsed = exportRequestSchema.safeParse(request);
  if (parsed.success) return;
  const faults = parsed.error.issues.map(({ message }) => message);
  throw new DatasetError('DATASET_REQUEST_INVALID', faults.join('; '), { details: { faults } });
}
