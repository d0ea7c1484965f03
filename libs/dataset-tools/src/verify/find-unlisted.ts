import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../faults/fault.ts';
import type { DatasetManifest } from '../manifest/dataset-manifest.ts';

/** Files in `images/` and `sources/` that the manifest does not name. Captions beside their pictures belong there. */
export async function findUnlisted(folder: string, { images }: DatasetManifest): Promise<readonly Fault[]> {
  const named = new Set(
    images.flatMap(({ id, source }) => [`images/${id}.png`, `images/${id}.txt`, `sources/${source.sha256}`]),
  );
  const found: string[] = [];
  for (const name of ['images', 'sources']) {
    const files = await readdir(join(folder, name)).catch(() => []);
    found.push(...files.map((file) => `${name}/${file}`));
  }
  return found
    .filter((path) => !named.has(path))
    .sort()
    .map((path) => ({ kind: 'file-unlisted', path, message: 'the manifest does not name it' }));
}
