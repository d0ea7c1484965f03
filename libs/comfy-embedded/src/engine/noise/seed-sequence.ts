const mixedRight = 0x4973f715;
const mixedLeft = 0xca01f9dd;

/** A hash whose constant moves on with every word (NumPy's `hashmix`). */
function hasher(start: number, factor: number): (word: number) => number {
  let constant = start;
  return (word) => {
    const mixed = word ^ constant;
    constant = Math.imul(constant, factor);
    return fold(Math.imul(mixed, constant));
  };
}

function fold(word: number): number {
  return (word ^ (word >>> 16)) >>> 0;
}

/** An unsigned integer as 32-bit words, lowest first; at least one. */
function wordsOf(value: bigint): number[] {
  const words = [Number(BigInt.asUintN(32, value))];
  for (let rest = value >> 32n; rest > 0n; rest >>= 32n) words.push(Number(BigInt.asUintN(32, rest)));
  return words;
}

export interface SeedSource {
  /** ≥ 0, of any size. */
  readonly entropy: bigint;
  /** Tells the descendants of one entropy apart; integers ≥ 0. */
  readonly spawnKey?: readonly number[];
  /** Words that the entropy is mixed into. */
  readonly poolSize: number;
}

/**
 * `numpy.random.SeedSequence(entropy, spawn_key, pool_size).generate_state(count)`: hashes spread so that neighbouring
 * seeds have nothing in common (M. E. O'Neill's seed_seq_fe; NumPy's `bit_generator.pyx`).
 *
 * @returns `count` words of 32 bits
 */
export function seedSequence({ entropy, spawnKey = [], poolSize }: SeedSource, count: number): Uint32Array {
  const words = wordsOf(entropy);
  if (spawnKey.length > 0) while (words.length < poolSize) words.push(0);
  words.push(...spawnKey.flatMap((key) => wordsOf(BigInt(key))));

  const hash = hasher(0x43b0d7e5, 0x931e8875);
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash(words[i] ?? 0));
  const mixInto = (to: number, word: number): void => {
    pool[to] = fold(Math.imul(mixedLeft, pool[to] ?? 0) - Math.imul(mixedRight, hash(word)));
  };
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) if (to !== from) mixInto(to, pool[from] ?? 0);
  }
  for (const word of words.slice(poolSize)) for (let to = 0; to < poolSize; to++) mixInto(to, word);

  const give = hasher(0x8b51f9dd, 0x58f38ded);
  return Uint32Array.from({ length: count }, (_, i) => give(pool[i % poolSize] ?? 0));
}
