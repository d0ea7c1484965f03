/** State of xoshiro128**: four 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number];

/** State from a seed by SplitMix32, so that near seeds give unrelated streams. */
function expandSeed(seed: number): RandomState {
  let word = seed >>> 0;
  const next = (): number => {
    word = (word + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return [next(), next(), next(), next()];
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/**
 * Stream of 32-bit unsigned integers by xoshiro128** 1.1 (Blackman and Vigna, 2018). Deterministic on every platform.
 *
 * @param seed - any integer, or the whole state
 */
export function createRandomSource(seed: number | RandomState): () => number {
  let [a, b, c, d] = typeof seed === 'number' ? expandSeed(seed) : seed;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}
