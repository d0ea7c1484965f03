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
    const repaired = replaceNonFinite(text);
    if (repaired === text) throw error;
    return JSON.parse(repaired);
  }
}

const nonFinite = ['NaN', '-Infinity', 'Infinity'] as const;

function replaceNonFinite(text: string): string {
  const parts: string[] = [];
  let copiedTo = 0;
  let index = 0;
  while (index < text.length) {
    if (text[index] === '"') {
      index = endOfString(text, index);
      continue;
    }
    const start = index;
    const literal = nonFinite.find((candidate) => text.startsWith(candidate, start));
    if (literal === undefined) {
      index += 1;
      continue;
    }
    parts.push(text.slice(copiedTo, index), 'null');
    index += literal.length;
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
