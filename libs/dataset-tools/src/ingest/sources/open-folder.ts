import { type Dirent, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatasetError } from '../../errors.ts';
import type { FaultKind } from '../../faults/fault-kinds.ts';
import type { Fault } from '../../faults/fault.ts';
import { printable } from '../naming/printable.ts';
import type { OpenedSource, SourceEntry } from './opened-source.ts';
import { readSourceFile } from './read-source-file.ts';
import { isHidden, sortEntries } from './sort-entries.ts';

/** Most files of one source. */
const maxFiles = 200_000;
const maxDepth = 32;

/**
 * The files of a folder and its folders, by path. Links are followed to files that lie in the folder, never out of it.
 *
 * @param without a folder that is left out: the dataset, should it lie inside
 * @throws DatasetError DATASET_REQUEST_INVALID when the folder cannot be read or holds more than 200,000 files
 */
export async function openFolder(folder: string, without: string): Promise<OpenedSource> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new DatasetError('DATASET_REQUEST_INVALID', `the folder ${printable(folder)} cannot be read`, { cause });
  });
  const walk: Walk = { root, without: resolve(without), found: [], faults: [] };
  await walkFolder(walk, '', 0);
  const { entries, companions, faults } = sortEntries(walk.found, (path) => path);
  return {
    origin: basename(root),
    entries,
    companions,
    faults: [...walk.faults, ...faults],
    licenceOf: () => null,
    close: () => Promise.resolve(),
  };
}

/** A single file as a source of its own; an atlas or caption beside it belongs to it. */
export async function openFile(file: string): Promise<OpenedSource> {
  const path = await realpath(file).catch((cause: unknown) => {
    throw new DatasetError('DATASET_REQUEST_INVALID', `the file ${printable(file)} cannot be read`, { cause });
  });
  const folder = resolve(path, '..');
  const stem = basename(path).replace(/\.[^.]*$/, '');
  const walk: Walk = { root: folder, without: '', found: [], faults: [] };
  for (const name of [basename(path), `${stem}.json`, `${stem}.txt`, `${stem}.caption`]) {
    const status = await stat(join(folder, name)).catch(() => null);
    if (status?.isFile() === true || name === basename(path)) addFile(walk, name);
  }
  const { entries, companions, faults } = sortEntries(walk.found, (name) => name);
  return {
    origin: basename(path),
    entries,
    companions,
    faults: [...walk.faults, ...faults],
    licenceOf: () => null,
    close: () => Promise.resolve(),
  };
}

interface Walk {
  readonly root: string;
  readonly without: string;
  readonly found: SourceEntry[];
  readonly faults: Fault[];
}

async function walkFolder(walk: Walk, path: string, depth: number): Promise<void> {
  let names: Dirent<Buffer>[] = [];
  try {
    names = await readdir(join(walk.root, path), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    fault(walk, 'file-unreadable', path === '' ? '.' : path, reasonOf(error));
  }
  for (const [index, entry] of names.entries()) {
    if (index % 1024 === 1023) await nextTurn();
    const name = entry.name.toString('utf8');
    const child = path === '' ? name : `${path}/${name}`;
    if (isHidden(child) || resolve(walk.root, child) === walk.without) continue;
    if (!Buffer.from(name).equals(entry.name)) fault(walk, 'name-not-utf8', child, `the name is ${printable(name)}`);
    else if (entry.isSymbolicLink()) await addLink(walk, child);
    else if (entry.isFile()) addFile(walk, child);
    else if (!entry.isDirectory()) fault(walk, 'file-irregular', child, 'it is a pipe, socket or device');
    else if (depth < maxDepth) await walkFolder(walk, child, depth + 1);
    else fault(walk, 'file-unreadable', child, `folders lie more than ${maxDepth} deep`);
    if (walk.found.length > maxFiles) {
      throw new DatasetError('DATASET_REQUEST_INVALID', `${walk.root} holds more than ${maxFiles} files`);
    }
  }
}

async function addLink(walk: Walk, path: string): Promise<void> {
  const target = await realpath(join(walk.root, path)).catch(() => null);
  const inside = target === null ? '' : relative(walk.root, target);
  if (target === null) fault(walk, 'link-not-followed', path, 'it leads nowhere');
  else if (inside.split(sep)[0] === '..' || isAbsolute(inside)) {
    fault(walk, 'link-not-followed', path, `it leads to ${printable(target)}`);
  } else if ((await stat(target)).isFile()) addFile(walk, path);
  else fault(walk, 'link-not-followed', path, `it leads to the folder ${printable(inside)}`);
}

/** Without waiting: a promise for each file would take longer than all the rest of the walk. */
function addFile(walk: Walk, path: string): void {
  const file = join(walk.root, path);
  try {
    const { size, mtimeNs } = statSync(file, { bigint: true });
    const read = () => Promise.resolve(readSourceFile(file));
    walk.found.push({ path, stamp: `${size}:${mtimeNs}`, bytes: Number(size), file, read });
  } catch (error) {
    fault(walk, 'file-unreadable', path, reasonOf(error));
  }
}

function fault(walk: Walk, kind: FaultKind, path: string, message: string): void {
  walk.faults.push({ kind, path: printable(path), message });
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
