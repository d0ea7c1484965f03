import { posix } from 'node:path';

const longestNameBytes = 200;
const longestFolderBytes = 1000;
/** Controls of terminals, of lines and of the direction of writing: with the last, `gnp.exe` can look like `exe.png`. */
const refusedSigns = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\\:]/u;

/** Whether a text has signs that no path may have here: controls, backslashes, colons, lone surrogates. */
export function hasRefusedSigns(text: string): boolean {
  return refusedSigns.test(text) || /\p{Surrogate}/u.test(text);
}

/** Whether a text can be the name of a file: one part of a path, up to 200 bytes. */
export function isFileName(text: string): boolean {
  if (hasRefusedSigns(text) || text.includes('/') || Buffer.byteLength(text) > longestNameBytes) return false;
  return text !== '' && text !== '.' && text !== '..';
}

/**
 * Normalises a `subfolder`: `a/../b` is `b`.
 *
 * @returns Relative with forward slashes, empty for the directory itself; undefined if it is absolute, climbs out or has
 * a part that is no file name.
 */
export function parseSubfolder(text: string): string | undefined {
  if (text === '') return '';
  if (Buffer.byteLength(text) > longestFolderBytes || posix.isAbsolute(text)) return undefined;
  const path = posix.normalize(text).replace(/\/+$/, '');
  if (path === '.') return '';
  return path.split('/').every(isFileName) ? path : undefined;
}
