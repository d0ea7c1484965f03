import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ulid } from 'ulid';
import { describeArtifact } from '../describe-artifact.ts';
import { hashFile } from '../digest.ts';
import type { ArtifactRef } from '../envelope.ts';
import { EvidenceError } from '../errors.ts';
import { evidenceLimits } from '../limits.ts';
import { type EvidenceRecord, parseRecord } from '../record.ts';
import { isPlainRelativePath } from '../relative-path.ts';
import { syncFolder, writeDurably } from '../write-file-atomically.ts';
import { formatSeal, sealFileName } from './seal.ts';

/** A file to put into a measurement folder: from bytes, or copied from a path. */
export type ArtifactSource =
  { readonly path: string; readonly data: Uint8Array | string } | { readonly path: string; readonly file: string };

/** A record and the name of its file, without `.json`. */
export interface NamedRecord {
  readonly name: string;
  readonly record: EvidenceRecord;
}

/** What a measurement folder is made of. */
export interface LatestContents {
  /** The folder to replace, `…/<workstream>/<profile>/latest`. */
  readonly directory: string;
  readonly records: readonly NamedRecord[];
  readonly artifacts?: readonly ArtifactSource[];
}

/** Refuses contents that do not fit together, before anything is written. */
function assertContents({ records, artifacts = [] }: LatestContents): void {
  const paths = [...records.map(({ name }) => `${name}.json`), ...artifacts.map(({ path }) => path), sealFileName];
  const bad = paths.find((path) => !isPlainRelativePath(path));
  if (bad !== undefined) throw new EvidenceError('EVIDENCE_PATH_REFUSED', `Path "${bad}" is not allowed in evidence`);
  const twice = paths.find((path, position) => paths.indexOf(path) !== position);
  if (twice !== undefined) throw new EvidenceError('EVIDENCE_PATH_REFUSED', `Path "${twice}" is used twice`);
  if (paths.length > evidenceLimits.folderFiles) {
    throw new EvidenceError(
      'EVIDENCE_TOO_LARGE',
      `${paths.length} files, at most ${evidenceLimits.folderFiles} are kept`,
    );
  }
  if (records.length === 0) throw new EvidenceError('EVIDENCE_RECORD_INVALID', 'A measurement has at least one record');
  for (const { name, record } of records) {
    const parsed = parseRecord(record);
    if (!parsed.ok) {
      const problems = parsed.problems.join('; ');
      throw new EvidenceError('EVIDENCE_RECORD_INVALID', `Record ${name} is not valid: ${problems}`, {
        details: { problems: parsed.problems },
      });
    }
  }
}

/** Refuses artifacts that differ from what the records say of them, or that no record names. */
function assertArtifacts(records: readonly NamedRecord[], written: readonly ArtifactRef[]): void {
  const named = new Map(records.flatMap(({ record }) => record.artifacts.map((ref) => [ref.path, ref])));
  const present = new Map(written.map((ref) => [ref.path, ref]));
  const wrong = [...named.keys(), ...present.keys()].find((path) => {
    const [left, right] = [named.get(path), present.get(path)];
    return left?.sha256 !== right?.sha256 || left?.bytes !== right?.bytes;
  });
  if (wrong !== undefined) {
    const state = !present.has(wrong) ? 'is missing' : named.has(wrong) ? 'has other bytes' : 'is named by no record';
    throw new EvidenceError('EVIDENCE_ARTIFACT_MISMATCH', `Artifact ${wrong} ${state}`, { details: { path: wrong } });
  }
}

async function writeArtifact(folder: string, source: ArtifactSource): Promise<ArtifactRef> {
  const target = join(folder, source.path);
  await mkdir(dirname(target), { recursive: true });
  const bytes = 'data' in source ? Buffer.byteLength(source.data) : (await stat(source.file)).size;
  if (bytes > evidenceLimits.artifactBytes) {
    throw new EvidenceError('EVIDENCE_TOO_LARGE', `Artifact ${source.path} has ${bytes} bytes`);
  }
  if ('data' in source) {
    await writeDurably(target, source.data);
    return describeArtifact(source.path, source.data);
  }
  await copyFile(source.file, target);
  const copy = await open(target, 'r+');
  await copy.sync().finally(() => copy.close());
  return { path: source.path, sha256: await hashFile(target), bytes };
}

async function writeRecord(folder: string, { name, record }: NamedRecord): Promise<ArtifactRef> {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  if (Buffer.byteLength(text) > evidenceLimits.recordBytes) {
    throw new EvidenceError('EVIDENCE_TOO_LARGE', `Record ${name} has ${Buffer.byteLength(text)} bytes`);
  }
  await writeDurably(join(folder, `${name}.json`), text);
  return describeArtifact(`${name}.json`, text);
}

/** Writes many files, 16 at a time: each waits for the disk, and a process may have few files open. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  write: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 16) {
    results.push(...(await Promise.all(items.slice(start, start + 16).map(write))));
  }
  return results;
}

/** Puts the new folder in place of the old one. Between both renames there is no folder, which passes no gate. */
async function swapFolder(built: string, directory: string): Promise<void> {
  const parent = dirname(directory);
  const old = join(parent, `.old-${ulid()}`);
  await rename(directory, old).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await rename(built, directory);
  await syncFolder(parent);
  await rm(old, { recursive: true, force: true });
}

/**
 * Writes a whole measurement folder: one JSON file a record, the artifacts, and `seal.json` with hash and length of
 * each. It is built beside the old folder and then takes its place; a failure leaves the old folder as it was.
 *
 * @returns the seal's entries, sorted by path
 * @throws EvidenceError EVIDENCE_PATH_REFUSED, EVIDENCE_RECORD_INVALID, EVIDENCE_ARTIFACT_MISMATCH, EVIDENCE_TOO_LARGE
 */
export async function writeLatest(contents: LatestContents): Promise<readonly ArtifactRef[]> {
  assertContents(contents);
  const directory = resolve(contents.directory);
  const built = join(dirname(directory), `.new-${ulid()}`);
  await mkdir(built, { recursive: true });
  try {
    const artifacts = await inTurns(contents.artifacts ?? [], (source) => writeArtifact(built, source));
    assertArtifacts(contents.records, artifacts);
    const records = await inTurns(contents.records, (record) => writeRecord(built, record));
    const files = [...artifacts, ...records].sort((a, b) => (a.path < b.path ? -1 : 1));
    if (files.reduce((sum, file) => sum + file.bytes, 0) > evidenceLimits.folderBytes) {
      throw new EvidenceError('EVIDENCE_TOO_LARGE', `Evidence is above ${evidenceLimits.folderBytes} bytes`);
    }
    await writeDurably(join(built, sealFileName), formatSeal(files));
    await syncFolder(built);
    await swapFolder(built, directory);
    return files;
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}
