import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, writeFileAtomically } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';
import type { Fault } from '../faults/fault.ts';
import { withDatasetLock } from '../ingest/keep/with-dataset-lock.ts';
import type { ImageCaption } from '../manifest/caption.ts';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { decodePng } from '../pixels/decode-png.ts';
import { captionKey, type CaptionJournal, openCaptionJournal } from './caption-journal.ts';
import type { Captioner } from './captioner.ts';
import { readCaptionText } from './read-caption-text.ts';

/** What to do with a picture that has a computed caption already. Captions that people wrote are kept in any case. */
export type CaptionMode = 'skip' | 'overwrite' | 'append';

/** Options of {@link captionDataset}. */
export interface CaptionOptions {
  readonly captioner: Captioner;
  /** @default 'skip' */
  readonly mode?: CaptionMode;
  /** Replace captions that people wrote or that came with the pictures, too. @default false */
  readonly force?: boolean;
  /** Word for the style; written into the manifest. @default the manifest's */
  readonly trigger?: string | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What captioning did. */
export interface CaptionReport {
  readonly pictures: number;
  /** Captions that the captioner was asked for. */
  readonly computed: number;
  /** Captions that were computed before and taken from the journal. */
  readonly cached: number;
  /** Captions that were left as they are. */
  readonly kept: number;
  /** Kept ones that a person has changed since. */
  readonly edited: number;
  readonly faults: readonly Fault[];
}

type Counts = { -readonly [Key in 'computed' | 'cached' | 'kept' | 'edited']: number };

/**
 * Gives every picture of a dataset a caption: in the manifest and beside the picture as `images/<id>.txt`, both from the
 * same index. Every computed caption is on disk before the next begins, so nothing is computed twice, also after a kill. A
 * file beside a picture that says something else than was last computed is a person's: it is read, never overwritten.
 *
 * @throws DatasetError as `readManifest`; DATASET_BUSY, DATASET_UNWRITABLE
 */
export async function captionDataset(folder: string, options: CaptionOptions): Promise<CaptionReport> {
  return withDatasetLock(folder, async () => {
    const manifest = await readManifest(folder);
    const trigger = options.trigger === undefined ? manifest.trigger : options.trigger;
    const journal = await openCaptionJournal(folder);
    const counts: Counts = { computed: 0, cached: 0, kept: 0, edited: 0 };
    const faults: Fault[] = [];
    const images: DatasetImage[] = [];
    for (const [index, image] of manifest.images.entries()) {
      options.signal?.throwIfAborted();
      const caption = await captionImage({ folder, trigger, journal, counts, faults, ...options }, image);
      images.push({ ...image, caption });
      options.onProgress?.(index + 1, manifest.images.length);
    }
    await save(folder, { ...manifest, trigger, images });
    return { pictures: images.length, ...counts, faults };
  });
}

interface Work extends CaptionOptions {
  readonly folder: string;
  readonly trigger: string | null;
  readonly journal: CaptionJournal;
  readonly counts: Counts;
  readonly faults: Fault[];
}

async function captionImage(work: Work, image: DatasetImage): Promise<ImageCaption | null> {
  const present = await readPresent(work, image);
  const byPerson = present !== null && present.source !== 'auto' && present.source !== 'augmented';
  const mode = work.mode ?? 'skip';
  if (present !== null && (byPerson ? work.force !== true : mode === 'skip')) {
    work.counts.kept++;
    if (present.source === 'edited') work.counts.edited++;
    return present;
  }
  const computed = await compute(work, image);
  const before = present === null || mode !== 'append' || present.text.includes(computed) ? '' : `${present.text}, `;
  const text = `${before}${computed}`.slice(0, 1000);
  return { text, source: 'auto', captioner: work.captioner.id, autoSha256: sha256Hex(text) };
}

/** The caption as it stands: what the file beside the picture says goes before the manifest. */
async function readPresent({ folder, faults }: Work, image: DatasetImage): Promise<ImageCaption | null> {
  const bytes = await readFile(join(folder, 'images', `${image.id}.txt`)).catch(() => null);
  const known = editedInManifest(image.caption);
  if (bytes === null) return known;
  const { text, faults: found } = readCaptionText(bytes);
  faults.push(...found.map((fault) => ({ ...fault, path: image.name })));
  if (text === null || text === known?.text || known?.autoSha256 === sha256Hex(text)) return known;
  return { text, source: 'edited', captioner: null, autoSha256: image.caption?.autoSha256 ?? null };
}

/** A text that no captioner wrote last was changed in dataset.json. */
function editedInManifest(caption: ImageCaption | null): ImageCaption | null {
  if (caption?.source !== 'auto' || caption.autoSha256 === sha256Hex(caption.text)) return caption;
  return { ...caption, source: 'edited', captioner: null };
}

async function compute({ folder, trigger, journal, captioner, counts }: Work, image: DatasetImage): Promise<string> {
  const input = { image, trigger };
  const key = captionKey(image.id, input, captioner);
  const known = journal.find(key);
  if (known !== null) {
    counts.cached++;
    return known;
  }
  const pixels = async () => decodePng(await readFile(join(folder, 'images', `${image.id}.png`)));
  const text = oneLine(await captioner.caption({ ...input, pixels }));
  counts.computed++;
  await journal.add(key, text);
  return text;
}

/** Models say odd things: a caption is one line without control characters, and not empty. */
function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 1000);
  return line === '' ? 'sprite' : line;
}

async function save(folder: string, manifest: DatasetManifest): Promise<void> {
  try {
    for (const { id, caption } of manifest.images) {
      if (caption === null) continue;
      const path = join(folder, 'images', `${id}.txt`);
      const line = `${caption.text}\n`;
      if ((await readFile(path, 'utf8').catch(() => null)) !== line) await writeFileAtomically(path, line);
    }
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${folder}: captions could not be written`, { cause });
  }
  await writeManifest(folder, manifest);
}
