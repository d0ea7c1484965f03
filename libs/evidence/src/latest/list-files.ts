import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Entry of a folder tree that is not a folder. */
export interface ListedFile {
  /** Path below the root, `/` between parts. */
  readonly path: string;
  /** False for links, sockets, devices. */
  readonly regular: boolean;
}

/** Lists a tree without following links, at most `limit` entries and 8 levels; or the system's reason why not. */
export async function listFiles(root: string, limit: number): Promise<ListedFile[] | { readonly reason: string }> {
  const files: ListedFile[] = [];
  const walk = async (relative: string, depth: number): Promise<void> => {
    const entries: Dirent[] = await readdir(join(root, relative), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (files.length > limit) return;
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && depth < 8) await walk(path, depth + 1);
      else files.push({ path, regular: entry.isFile() });
    }
  };
  try {
    await walk('', 0);
    return files;
  } catch (error) {
    return { reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}
