import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

const mergesFile = new URL('../../data/clip-bpe/merges.txt.gz', import.meta.url);

/** What CLIP's tokenizer takes for one word before it looks for merges. */
const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;

let ranks: Promise<ReadonlyMap<string, number>> | null = null;
const known = new Map<string, number>();

/**
 * How many tokens a caption has for CLIP's text encoders, begin and end not counted; they read 75 at once. Byte-pair
 * encoding with CLIP's own merges (Radford et al. 2021), equal to its tokenizer for text that needs no repair of encoding.
 */
export async function countClipTokens(text: string): Promise<number> {
  ranks ??= readRanks();
  const order = await ranks;
  let tokens = 0;
  for (const [word] of text.toLowerCase().matchAll(wordPattern)) {
    const count = known.get(word) ?? countOfWord(word, order);
    // Words of strangers must not fill the memory.
    if (known.size < 50_000) known.set(word, count);
    tokens += count;
  }
  return tokens;
}

async function readRanks(): Promise<ReadonlyMap<string, number>> {
  const text = gunzipSync(await readFile(mergesFile)).toString('utf8');
  return new Map(
    text
      .trimEnd()
      .split('\n')
      .map((pair, rank) => [pair, rank]),
  );
}

/** Merges the pair of lowest rank until none is left. */
function countOfWord(word: string, order: ReadonlyMap<string, number>): number {
  let parts = [...Buffer.from(word)].map((byte) => byteLetters[byte] ?? '');
  parts.push(`${parts.pop() ?? ''}</w>`);
  while (parts.length > 1) {
    const pairs = parts.slice(1).map((part, index) => `${parts[index] ?? ''} ${part}`);
    const best = pairs.reduce((one, other) =>
      (order.get(other) ?? Infinity) < (order.get(one) ?? Infinity) ? other : one,
    );
    if (!order.has(best)) break;
    parts = mergeAll(parts, best);
  }
  return parts.length;
}

function mergeAll(parts: readonly string[], pair: string): string[] {
  const merged: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const both = `${parts[at] ?? ''} ${parts[at + 1] ?? ''}` === pair;
    merged.push(both ? pair.replace(' ', '') : (parts[at] ?? ''));
    if (both) at++;
  }
  return merged;
}

/** GPT-2's letters for the 256 bytes: printable ones stand for themselves, the others for letters from U+0100 on. */
const byteLetters: readonly string[] = (() => {
  const isPrintable = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  let next = 256;
  return Array.from({ length: 256 }, (_none, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
})();
