import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedFiles } from '../nodes/node-files.ts';

const maxFiles = 10_000;

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The files below a folder whose names end in certain ways, looked up at each use. A missing folder has none. */
export class FolderFiles implements NamedFiles {
  readonly #folder: string;
  readonly #endings: readonly string[];

  /**
   * @param folder - Absolute.
   * @param endings - With their dots, lower case.
   */
  constructor(folder: string, endings: readonly string[]) {
    this.#folder = folder;
    this.#endings = endings;
  }

  names(): readonly string[] {
    const names: string[] = [];
    const open = [''];
    for (let folder = open.pop(); folder !== undefined && names.length < maxFiles; folder = open.pop()) {
      for (const entry of listFolder(join(this.#folder, folder))) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) open.push(name);
        else if (this.#fits(entry.name) && isFile(join(this.#folder, name))) names.push(name);
      }
    }
    return names.toSorted();
  }

  path(name: string): string | undefined {
    return this.names().includes(name) ? join(this.#folder, name) : undefined;
  }

  #fits(name: string): boolean {
    return this.#endings.some((ending) => name.toLowerCase().endsWith(ending));
  }
}

function listFolder(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // Gone, or not ours to read: as good as empty.
    return [];
  }
}
