import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { hashFile, sha256Hex } from '@dgx-pixels/evidence';
import type { z } from 'zod';
import { DatasetError } from '../errors.ts';
import type { Fault } from '../faults/fault.ts';
import { type DatasetLock, datasetLockSchema, type ExportIndex, exportIndexSchema } from './export-index.ts';

const lockName = 'dataset.lock.json';
/** Largest index or lock that is read, in bytes. */
const maxBytes = 256 * 1024 * 1024;

/** What lies in the folder of an export. */
export interface ReadExport {
  readonly index: ExportIndex;
  readonly lock: DatasetLock;
  readonly lockSha256: string;
  /** Files that are missing, were changed, or came later. */
  readonly faults: readonly Fault[];
}

/**
 * Reads index and lock of an export and compares every file with the lock; one file in memory at no time.
 *
 * @throws DatasetError DATASET_NOT_FOUND when it is no export; DATASET_MANIFEST_INVALID when index or lock are not whole
 */
export async function readExport(folder: string): Promise<ReadExport> {
  const lockBytes = await readBounded(folder, lockName);
  const lock = parse(datasetLockSchema, lockBytes, lockName);
  const index = parse(exportIndexSchema, await readBounded(folder, 'export.json'), 'export.json');
  const faults: Fault[] = [];
  const add = (path: string, message: string): void => void faults.push({ kind: 'export-file-changed', path, message });
  for (const { path, sha256 } of lock.files) {
    const actual = await hashFile(join(folder, path)).catch(() => null);
    if (actual === null) add(path, 'it is missing');
    else if (actual !== sha256) add(path, 'it was changed');
  }
  const locked = new Map(lock.files.map(({ path, sha256 }) => [path, sha256]));
  if (!locked.has('export.json')) add('export.json', 'it is not in the lock');
  for (const { file, sha256 } of index.images)
    if (locked.get(file) !== sha256) add(file, 'index and lock differ about it');
  for (const path of await listUnlocked(folder, lock)) {
    faults.push({ kind: 'export-file-unlisted', path, message: 'it is not in the lock' });
  }
  return { index, lock, lockSha256: sha256Hex(lockBytes), faults };
}

/** Files below an export that its lock does not name, sorted; null when the folder has no readable lock. */
export async function findForeignFiles(folder: string): Promise<readonly string[] | null> {
  try {
    return await listUnlocked(folder, parse(datasetLockSchema, await readBounded(folder, lockName), lockName));
  } catch (error) {
    if (error instanceof DatasetError) return null;
    throw error;
  }
}

async function listUnlocked(folder: string, lock: DatasetLock): Promise<readonly string[]> {
  const known = new Set([lockName, ...lock.files.map(({ path }) => path)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !known.has(path))
    .sort();
}

async function readBounded(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true || found.size > maxBytes) {
    throw new DatasetError('DATASET_NOT_FOUND', `${folder} is no export: ${name} cannot be read`, {
      hint: 'npx dgx-pixels dataset export <dataset> --out <folder>',
    });
  }
  return readFile(path);
}

function parse<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, name: string): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(bytes, name));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new DatasetError('DATASET_MANIFEST_INVALID', `${name}: ${faults.slice(0, 20).join('; ')}`, {
    hint: 'export the dataset again',
    details: { faults },
  });
}

function parseJson(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (cause) {
    throw new DatasetError('DATASET_MANIFEST_INVALID', `${name} is no JSON`, {
      hint: 'export the dataset again',
      cause,
    });
  }
}
