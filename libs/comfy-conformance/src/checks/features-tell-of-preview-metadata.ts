import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /features promises preview metadata and gives the largest upload. */
export const featuresTellOfPreviewMetadata: ConformanceCheck = {
  id: 'features-tell-of-preview-metadata',
  area: 'routes',
  statement: '/features promises preview metadata and gives the largest upload',
  async run(context) {
    const reply = await context.ask('/features');
    const features = reply.read(
      z.object({ supports_preview_metadata: z.boolean(), max_upload_size: z.number().positive() }),
    );
    return compare(
      { status: 200, previews: true },
      { status: reply.status, previews: features.supports_preview_metadata },
    );
  },
};
