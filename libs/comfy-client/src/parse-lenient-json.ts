import { randomUUID } from 'node:crypto';

/**
 * Parses JSON as Python's `json` module writes it: `NaN`, `Infinity` and `-Infinity` outside strings are read as null.
 * ComfyUI sends them in `/history` once a prompt contained a NaN.
 *
 * @throws SyntaxError as JSON.parse does, for everything else that is not JSON.
 */
export function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const repaired = replaceOutsideStrings(text, nonFinite, () => 'null');
    if (repaired === text) throw error;
    return JSON.parse(repaired);
  }
}

/**
 * The same, and integers that no `number` holds exactly become `bigint`s: a seed reaches 2^64 − 1.
 *
 * @throws SyntaxError as {@link parseLenientJson}.
 */
export function parseExactJson(text: string): unknown {
  // No text from outside can begin with it.
  const mark = `${randomUUID()}:`;
  const prepared = replaceOutsideStrings(text, nonFiniteOrLongInteger, (found) => {
    if (!/\d/.test(found)) return 'null';
    if (Number.isSafeInteger(Number(found))) return found;
    return `"${mark}${found}"`;
  });
  return JSON.parse(prepared, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

const nonFinite = /NaN|-?Infinity/y;
/** An integer that is no part of a fraction or an exponent, nor followed by one. */
const nonFiniteOrLongInteger = /NaN|-?Infinity|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/y;

function replaceOutsideStrings(text: string, pattern: RegExp, replacement: (found: string) => string): string {
  const parts: string[] = [];
  let copiedTo = 0;
  let index = 0;
  while (index < text.length) {
    if (text[index] === '"') {
      index = endOfString(text, index);
      continue;
    }
    pattern.lastIndex = index;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) {
      index += 1;
      continue;
    }
    parts.push(text.slice(copiedTo, index), replacement(found));
    index += found.length;
    copiedTo = index;
  }
  parts.push(text.slice(copiedTo));
  return parts.join('');
}

function endOfString(text: string, opening: number): number {
  let index = opening + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}
