import { join } from 'node:path';
import { DatasetError } from '../errors.ts';
import type { Fault } from '../faults/fault.ts';
import type { ImageLicence } from '../manifest/licence.ts';
import type { CheckedIngestRequest } from './ingest-request.ts';
import type { PrepareRules } from './prepare/prepare-file.ts';
import { openSource } from './sources/open-source.ts';
import type { OpenedSource, SourceEntry } from './sources/opened-source.ts';

/** One file of an ingest, before it is read. */
interface PlannedFile {
  readonly origin: string;
  readonly entry: SourceEntry;
  /** By which the user knows the file: in an archive with the name of the archive. */
  readonly shown: string;
  readonly atlas: SourceEntry | null;
  readonly rules: PrepareRules;
  /** What the source itself says; null where it says nothing. */
  readonly licence: ImageLicence | null;
}

/** Everything that is to be taken in, in the order in which it will stand. */
export interface IngestPlan {
  readonly files: readonly PlannedFile[];
  /** Files beside pictures, with the picture's file: captions and lists of captions. */
  readonly captionFiles: readonly CaptionFile[];
  readonly faults: readonly Fault[];
  close(): Promise<void>;
}

/** A file that may hold captions. */
interface CaptionFile {
  readonly origin: string;
  readonly shown: string;
  readonly entry: SourceEntry;
  /** Path of the picture it stands beside; null for a list of captions. */
  readonly of: string | null;
}

/**
 * Lists the files of all sources.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID when a source cannot be opened; those before it are closed
 */
export async function planFiles(request: CheckedIngestRequest): Promise<IngestPlan> {
  const opened: OpenedSource[] = [];
  const close = async () => {
    await Promise.allSettled(opened.map((source) => source.close()));
  };
  try {
    const files: PlannedFile[] = [];
    const captionFiles: CaptionFile[] = [];
    for (const sourceRequest of request.sources) {
      const source = await openSource(sourceRequest, request.into);
      opened.push(source);
      refuseUnknownNames(sourceRequest.only, source);
      const isPlain = sourceRequest.kind === 'folder' || sourceRequest.kind === 'file';
      const show = (path: string) => (isPlain ? path : `${source.origin}/${path}`);
      const rules = { folder: request.into, scale: request.scale, layout: sourceRequest.sheet };
      const usesAtlas = sourceRequest.sheet?.layout === 'atlas';
      for (const entry of source.entries) {
        if (sourceRequest.only?.includes(nameOf(entry.path)) === false) continue;
        const atlas = usesAtlas ? (source.companions.get(`${stemOf(entry.path)}.json`) ?? null) : null;
        const { origin } = source;
        files.push({ origin, entry, shown: show(entry.path), atlas, rules, licence: source.licenceOf(entry.path) });
      }
      captionFiles.push(...captionFilesOf(source, show));
    }
    return { files, captionFiles, faults: opened.flatMap(({ faults }) => faults), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function captionFilesOf({ origin, entries, companions }: OpenedSource, show: (path: string) => string): CaptionFile[] {
  const pictureByStem = new Map(entries.map(({ path }) => [stemOf(path), path]));
  return [...companions.values()].flatMap((entry): CaptionFile[] => {
    const file = { origin, shown: show(entry.path), entry };
    if (/(^|\/)metadata\.jsonl$/i.test(entry.path)) return [{ ...file, of: null }];
    const picture = /\.(txt|caption)$/i.test(entry.path) ? pictureByStem.get(stemOf(entry.path)) : undefined;
    return picture === undefined ? [] : [{ ...file, of: picture }];
  });
}

function stemOf(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

function refuseUnknownNames(only: readonly string[] | null, { origin, entries }: OpenedSource): void {
  const names = new Set(entries.map(({ path }) => nameOf(path)));
  const unknown = only?.filter((name) => !names.has(name)) ?? [];
  if (unknown.length === 0) return;
  throw new DatasetError('DATASET_REQUEST_INVALID', `${origin} has no picture ${unknown.slice(0, 20).join(', ')}`);
}

function nameOf(path: string): string {
  return stemOf(path.split('/').at(-1) ?? '');
}

/** Where an ingest keeps what it has done. */
export function journalPath(folder: string): string {
  return join(folder, 'ingest.journal.jsonl');
}
