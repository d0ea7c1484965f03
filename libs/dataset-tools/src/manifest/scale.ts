import { z } from 'zod';

/** How the native size of a picture was found. */
export const scaleSchema = z.strictObject({
  factor: z.number().min(1).max(256).describe('source pixels per native pixel'),
  offsetX: z.number().int().min(0).max(255).describe('source pixels left of the first whole cell'),
  offsetY: z.number().int().min(0).max(255),
  method: z.enum(['native', 'declared', 'run-length', 'lattice', 'peak-spacing']),
  confidence: z.number().min(0).max(1),
  agreement: z.number().min(0).max(1).describe("share of source pixels that have their cell's colour"),
});
/** How the native size of a picture was found. */
export type ImageScale = z.infer<typeof scaleSchema>;
