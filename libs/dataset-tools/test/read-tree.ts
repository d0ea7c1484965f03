import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';

/** Hash of every file below a folder, by path. */
export function readTree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(folder, path), sha256Hex(readFileSync(path))] as const;
  });
  return Object.fromEntries(hashes.sort(([first], [second]) => (first < second ? -1 : 1)));
}
