import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { splitImages } from '../split/split-dataset.ts';
import { type CheckedIngestRequest, type IngestRequest, ingestRequestSchema } from './ingest-request.ts';
import { type IngestJournal, openJournal } from './keep/ingest-journal.ts';
import { isStillStored } from './keep/is-still-stored.ts';
import { draftName } from './keep/store-content.ts';
import { withDatasetLock } from './keep/with-dataset-lock.ts';
import { type LicenceOf, readLicenceRules } from './licences/licence-rules.ts';
import { fileKey, mergePictures, type TakenFile } from './merge-pictures.ts';
import { type IngestPlan, journalPath, planFiles } from './plan-files.ts';
import { openPreparePool } from './prepare/prepare-pool.ts';
import type { PreparedFile } from './prepare/prepared-file.ts';
import { type PendingFile, runBatches } from './run-batches.ts';

/** How an ingest goes on, and how it may be watched and stopped. */
export interface IngestOptions {
  /** Called with the number of files that are done, of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between files; what is done stays done for the next run. */
  readonly signal?: AbortSignal;
  /** Worker threads. @default one a core, at most 8 */
  readonly threads?: number;
}

/** A file beside a picture that may hold its caption. */
export interface Companion {
  /** Name of the picture in the dataset; null for a list of captions such as metadata.jsonl. */
  readonly imageName: string | null;
  /** By which the user knows the file. */
  readonly path: string;
  /** Its content, for the file may lie in an archive that is closed by now. */
  readonly bytes: Buffer;
}

/** What an ingest did. */
export interface IngestReport {
  /** Pictures of the dataset now. */
  readonly images: number;
  /** Pictures that were not in it before. */
  readonly added: number;
  /** Pictures of these sources that were in it before. */
  readonly kept: number;
  /** Files that were left out, and what is odd about others; by path. */
  readonly faults: readonly Fault[];
  readonly companions: readonly Companion[];
}

/**
 * Fills or extends a dataset with the pictures of folders, archives, sheets and npm packages. Sources are copied, never
 * changed. A file that cannot be used is reported and the others go on. Killed at any point, the same request goes on
 * where it stopped and ends with the same bytes; asked again with nothing new, it changes nothing.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID for a request that contradicts itself or names a source that cannot be opened;
 * DATASET_BUSY while another command changes the dataset; DATASET_MANIFEST_INVALID; DATASET_UNWRITABLE
 * @throws the reason of `signal`, when it stops the ingest
 */
export async function ingestSources(request: IngestRequest, options: IngestOptions = {}): Promise<IngestReport> {
  const checked = checkRequest(request);
  const licenceOf = checked.licencesFile === null ? () => null : await readLicenceRules(checked.licencesFile);
  return withDatasetLock(checked.into, async () => {
    const before = await readManifestIfAny(checked.into);
    const plan = await planFiles(checked);
    try {
      const journal = await prepareFolder(checked);
      try {
        const files = await takeIn(plan, checked, licenceOf, journal, options);
        return await keep(checked, before, plan, files, journal);
      } finally {
        await journal.close();
      }
    } finally {
      await plan.close();
    }
  });
}

function checkRequest(request: IngestRequest): CheckedIngestRequest {
  const parsed = ingestRequestSchema.safeParse(request);
  if (parsed.success) return { ...parsed.data, into: resolve(parsed.data.into) };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DatasetError('DATASET_REQUEST_INVALID', faults.join('; '), { details: { faults } });
}

async function readManifestIfAny(folder: string): Promise<DatasetManifest | null> {
  try {
    return await readManifest(folder);
  } catch (error) {
    if (error instanceof DatasetError && error.code === 'DATASET_NOT_FOUND') return null;
    throw error;
  }
}

/** Makes the folders, removes what killed writers left, opens the journal. */
async function prepareFolder({ into, sources, scale }: CheckedIngestRequest): Promise<IngestJournal> {
  try {
    for (const name of ['images', 'sources']) {
      const folder = join(into, name);
      await mkdir(folder, { recursive: true });
      for (const file of await readdir(folder)) if (draftName.test(file)) await rm(join(folder, file), { force: true });
    }
    // What decides about the result of a file; licences and titles are added afterwards.
    return await openJournal(journalPath(into), sha256Hex(JSON.stringify({ sources, scale })));
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${into} cannot be written`, { cause });
  }
}

/** Prepares all files that the journal does not have yet; the result is in the order of the plan. */
async function takeIn(
  plan: IngestPlan,
  { into }: CheckedIngestRequest,
  licenceOf: LicenceOf,
  journal: IngestJournal,
  { onProgress, signal, threads }: IngestOptions,
): Promise<readonly TakenFile[]> {
  const prepared: PreparedFile[] = [];
  const pending: PendingFile[] = [];
  let done = 0;
  for (const [index, file] of plan.files.entries()) {
    signal?.throwIfAborted();
    const finish = (result: PreparedFile) => {
      prepared[index] = result;
      onProgress?.(++done, plan.files.length);
    };
    const earlier = journal.find(file.origin, file.entry.path, file.entry.stamp);
    if (earlier !== null && (await isStillStored(into, earlier))) finish(earlier);
    else pending.push({ ...file, done: finish });
  }
  const pool = openPreparePool(pending.length, threads);
  try {
    await runBatches(pending, pool, journal, signal);
  } finally {
    await pool.close();
  }
  // Files that were begun before the abort are finished and kept; the manifest is not.
  signal?.throwIfAborted();
  return plan.files.map(({ origin, entry, shown, licence }, index) => ({
    origin,
    path: entry.path,
    shown,
    prepared: prepared[index] ?? { sha256: null, pictures: [], faults: [] },
    licence: licenceOf(entry.path) ?? licence,
  }));
}

/** Writes the manifest and ends the journal. */
async function keep(
  request: CheckedIngestRequest,
  before: DatasetManifest | null,
  plan: IngestPlan,
  files: readonly TakenFile[],
  journal: IngestJournal,
): Promise<IngestReport> {
  const withDefault = files.map((file) => ({ ...file, licence: file.licence ?? request.licence }));
  const fields = { ...newManifest(request.into), ...before, ...given(request.dataset) };
  const merged = mergePictures(fields.images, withDefault, fields.palette);
  const { images, added, kept, faults, names } = merged;
  const groups = new Map(images.map(({ id, group }) => [id, group]));
  const manifest = { ...fields, images: [...splitImages(images, groups, fields.heldOut)] };
  try {
    if (images.length > 0 && !isDeepStrictEqual(manifest, before)) await writeManifest(request.into, manifest);
    await removeLeftovers(request.into, images, journal);
    await journal.remove();
    // Succeeds only for folders in which nothing was put.
    for (const name of ['images', 'sources']) await rmdir(join(request.into, name)).catch(() => undefined);
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError('DATASET_UNWRITABLE', `${request.into} cannot be written`, { cause });
  }
  const { companions, unread } = await readCompanions(plan, names);
  const allFaults = [...plan.faults, ...faults, ...unread].sort(byPath);
  return { images: images.length, added, kept, faults: allFaults, companions };
}

/** Reads the caption files of the pictures that are in the dataset. */
async function readCompanions(
  { captionFiles }: IngestPlan,
  names: ReadonlyMap<string, readonly string[]>,
): Promise<{ companions: readonly Companion[]; unread: readonly Fault[] }> {
  const companions: Companion[] = [];
  const unread: Fault[] = [];
  for (const { origin, of, shown, entry } of captionFiles) {
    const imageNames = of === null ? [null] : (names.get(fileKey(origin, of)) ?? []);
    if (imageNames.length === 0) continue;
    const bytes = await entry.read();
    if ('kind' in bytes) unread.push({ ...bytes, path: shown });
    else companions.push(...imageNames.map((imageName) => ({ imageName, path: shown, bytes })));
  }
  return { companions, unread };
}

function byPath(first: Fault, second: Fault): number {
  if (first.path !== second.path) return first.path < second.path ? -1 : 1;
  return first.kind < second.kind ? -1 : 1;
}

function newManifest(folder: string): DatasetManifest {
  const words = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const name = words.slice(0, 60) || 'dataset';
  return {
    schema: 'dgx-pixels/dataset/v1',
    name,
    title: name,
    description: '',
    trigger: null,
    palette: null,
    heldOut: 10,
    images: [],
  };
}

/** The fields that were given. */
function given(fields: CheckedIngestRequest['dataset']): Partial<DatasetManifest> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Removes what this ingest, or an abandoned one, stored and the manifest does not name. */
async function removeLeftovers(folder: string, images: readonly DatasetImage[], journal: IngestJournal): Promise<void> {
  const named = new Set(images.flatMap(({ id, source }) => [id, source.sha256]));
  for (const hash of journal.stored()) {
    if (named.has(hash)) continue;
    await rm(join(folder, 'images', `${hash}.png`), { force: true });
    await rm(join(folder, 'sources', hash), { force: true });
  }
}
