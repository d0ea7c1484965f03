import { stripVTControlCharacters } from 'node:util';

/** Controls of terminals but tab and line feed, and those that turn the direction of the writing that follows. */
const controls = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text from a server, a file or a prompt without what controls a terminal: it stays text when printed. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(controls, '');
}
