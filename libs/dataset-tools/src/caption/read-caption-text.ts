import type { Fault } from '../faults/fault.ts';

/** What a caption file says: a line of words, or why it says nothing. */
export interface CaptionText {
  readonly text: string | null;
  readonly faults: readonly Pick<Fault, 'kind' | 'message'>[];
}

/** Longest caption that is read, in characters. */
const longest = 1000;

/** Reads a caption file as trainers do: UTF-8, the first line that has words. */
export function readCaptionText(bytes: Uint8Array): CaptionText {
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { text: null, faults: [{ kind: 'caption-not-utf8', message: 'its bytes are no UTF-8' }] };
  }
  const lines = decoded
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first] = lines;
  if (first === undefined)
    return { text: null, faults: [{ kind: 'caption-empty', message: `${bytes.length} bytes without a word` }] };
  const hidden = /[\p{Cc}\p{Cf}]/u.exec(first);
  if (hidden !== null) {
    const code = (hidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { text: null, faults: [{ kind: 'caption-has-controls', message: `it holds U+${code}` }] };
  }
  if (lines.length === 1) return { text: first.slice(0, longest), faults: [] };
  return { text: first.slice(0, longest), faults: [{ kind: 'caption-many-lines', message: `${lines.length} lines` }] };
}
