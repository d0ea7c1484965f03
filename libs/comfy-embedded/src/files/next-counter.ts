import { readdir } from 'node:fs/promises';

/**
 * The number of the next file of a series `name_00001_.png`, `name_00002_.png`, …: one more than the highest present,
 * 1 if there is none. Names compare exactly.
 */
export async function nextCounter(directory: string, name: string): Promise<number> {
  const start = `${name}_`;
  let highest = 0;
  for (const file of await readdir(directory)) {
    if (!file.startsWith(start)) continue;
    const digits = /^\d{1,15}(?=_)/.exec(file.slice(start.length));
    if (digits !== null) highest = Math.max(highest, Number(digits[0]));
  }
  return highest + 1;
}
