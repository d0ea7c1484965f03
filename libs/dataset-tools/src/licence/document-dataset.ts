import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, writeFileAtomically } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { renderCredits } from './render-credits.ts';
import { renderCroissant } from './render-croissant.ts';
import { renderDataCard } from './render-data-card.ts';

/** The papers of a dataset: file name → content. */
type DatasetPapers = ReadonlyMap<string, string>;

/**
 * The papers that belong to a dataset as it stands: CREDITS.md, README.md (data card) and croissant.json. The same bytes
 * for the same manifest and day.
 *
 * @param datePublished day, YYYY-MM-DD
 * @throws DatasetError DATASET_NOT_FOUND, DATASET_MANIFEST_INVALID
 */
async function describePapers(folder: string, datePublished: string): Promise<DatasetPapers> {
  const manifest = await readManifest(folder);
  const bytes = await readFile(join(folder, 'dataset.json'));
  const facts = { manifestSha256: sha256Hex(bytes), manifestBytes: bytes.length, datePublished };
  return new Map([
    ['CREDITS.md', renderCredits(manifest)],
    ['README.md', renderDataCard(manifest)],
    ['croissant.json', `${JSON.stringify(renderCroissant(manifest, facts), null, 2)}\n`],
  ]);
}

/** Writes the papers of a dataset. @throws DatasetError as `describePapers`, and DATASET_UNWRITABLE */
export async function writePapers(folder: string, datePublished: string): Promise<readonly string[]> {
  const papers = await describePapers(folder, datePublished);
  try {
    for (const [name, text] of papers) await writeFileAtomically(join(folder, name), text);
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${folder}: its papers could not be written`, { cause });
  }
  return [...papers.keys()];
}
