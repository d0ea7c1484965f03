import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { type ArtifactRef, artifactRefSchema } from '../envelope.ts';
import { evidenceLimits } from '../limits.ts';

/** Name of the file that lists every other file of a measurement folder. */
export const sealFileName = 'seal.json';

const sealSchema = z.strictObject({
  schema: z.literal('dgx-pixels/seal/v1'),
  files: z.array(artifactRefSchema).min(1).max(evidenceLimits.folderFiles),
});

/** Text of seal.json: canonical JSON and a line feed, files sorted by path. */
export function formatSeal(files: readonly ArtifactRef[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return `${canonicalJson({ schema: 'dgx-pixels/seal/v1', files: sorted })}\n`;
}

/** Files of a seal; null unless the text is exactly what {@link formatSeal} writes, so that no byte of it can vary. */
export function parseSeal(text: string): readonly ArtifactRef[] | null {
  try {
    const parsed = sealSchema.safeParse(JSON.parse(text));
    if (!parsed.success || formatSeal(parsed.data.files) !== text) return null;
    const paths = new Set(parsed.data.files.map((file) => file.path));
    return paths.size === parsed.data.files.length ? parsed.data.files : null;
  } catch {
    return null;
  }
}
