import { stripVTControlCharacters } from 'node:util';

/** Text from a server, a file or a prompt without terminal control sequences: it stays text when printed. */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this removes
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
