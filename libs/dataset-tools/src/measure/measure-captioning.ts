import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetCheckPayload } from '@dgx-pixels/evidence';
import { captionDataset } from '../caption/caption-dataset.ts';
import { createWordCaptioner } from '../caption/word-captioner.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';

/** Captions copies of datasets that have none yet, and once more: how long it takes, and that nothing is computed twice. */
export async function measureCaptioning(folders: readonly string[]): Promise<DatasetCheckPayload['captioning']> {
  const work = await mkdtemp(join(tmpdir(), 'dgx-pixels-captions-'));
  try {
    const captioner = createWordCaptioner();
    const copies: string[] = [];
    for (const [index, folder] of folders.entries())
      copies.push(await copyWithoutCaptions(folder, join(work, String(index))));
    const run = async (): Promise<{ pictures: number; computed: number; durationMs: number }> => {
      const started = performance.now();
      let [pictures, computed] = [0, 0];
      for (const copy of copies) {
        const report = await captionDataset(copy, { captioner });
        pictures += report.pictures;
        computed += report.computed;
      }
      return { pictures, computed, durationMs: performance.now() - started };
    };
    const first = await run();
    const { computed, durationMs } = await run();
    return {
      captioner: captioner.id,
      pictures: first.computed,
      durationMs: first.durationMs,
      again: { computed, durationMs },
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function copyWithoutCaptions(folder: string, copy: string): Promise<string> {
  await cp(folder, copy, { recursive: true, filter: (path) => !/\.txt$|captions\.jsonl$/.test(path) });
  const manifest = await readManifest(copy);
  const originals = manifest.images.filter(({ derivedFrom }) => derivedFrom === null);
  await writeManifest(copy, { ...manifest, images: originals.map((image) => ({ ...image, caption: null })) });
  return copy;
}
