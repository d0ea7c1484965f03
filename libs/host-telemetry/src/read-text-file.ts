import { readFile } from 'node:fs/promises';

/** The text of a small kernel or system file, or null when this host lacks it or forbids reading it. */
export async function readTextFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
