import { seedSequence } from './seed-sequence.ts';
import { torchGenerator } from './torch-generator.ts';

const f32 = Math.fround;
const poolSize = 24;
const decimals = 6;

/** One piece of the path: its ends, what the path gains between them, and its place in the binary tree. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly gain: Float32Array;
  /** Number among the pieces of its depth, from the left. */
  readonly place: number;
  readonly depth: number;
}

/** What a Brownian path gains from `from` to `to` (`from` ≤ `to`), per value. Times beyond the path count as its ends. */
export type BrownianPath = (from: number, to: number) => Float32Array;

/**
 * `torchsde.BrownianTree` on the CPU: a Brownian path that depends on its ends and its seed alone, not on where and in
 * which order it is asked (Li et al. 2020, section 4.2). Pieces are halved until the asked time is a boundary; a
 * bridge with a seed of its own decides each middle. Boundaries are rounded to 6 decimals. Agrees with float32 torchsde
 * 0.2.6 within 1e-5.
 *
 * @param start lower end of the path, ≥ 0
 * @param end upper end, ≥ `start`
 * @param seed 0 … 2^64 − 1
 * @param count number of independent paths side by side
 */
export function brownianTree(start: number, end: number, seed: bigint, count: number): BrownianPath {
  const randn = (spawnKey: readonly number[]): Float32Array => {
    const [own = 0] = seedSequence({ entropy: seed, spawnKey, poolSize }, 1);
    return torchGenerator(BigInt(own)).randn(count);
  };
  const deviation = f32(Math.sqrt(end - start));
  const top: Piece = {
    start: roundTime(start),
    end: roundTime(end),
    gain: randn([]).map((noise) => noise * deviation),
    place: 0,
    depth: 0,
  };

  /** Adds what `piece` gains between two times within it to `sum`. */
  function gather(piece: Piece, from: number, to: number, sum: Float32Array): void {
    if (from === piece.start && to === piece.end) {
      for (let i = 0; i < count; i++) sum[i] = (sum[i] ?? 0) + (piece.gain[i] ?? 0);
      return;
    }
    const [left, right] = halve(piece, randn([piece.place, piece.depth]));
    if (from < left.end) gather(left, from, Math.min(to, left.end), sum);
    if (to > right.start) gather(right, Math.max(from, right.start), to, sum);
  }

  return (from, to) => {
    const within = (time: number): number => roundTime(Math.min(Math.max(time, top.start), top.end));
    const sum = new Float32Array(count);
    if (within(from) < within(to)) gather(top, within(from), within(to), sum);
    return sum;
  };
}

/** Splits a piece by a Brownian bridge: the left half gets its share by time plus `noise`, the right half the rest. */
function halve({ start, end, gain, place, depth }: Piece, noise: Float32Array): readonly [Piece, Piece] {
  const middle = roundTime(0.5 * (end + start));
  const perTime = 1 / (end - start);
  const width = f32(middle - start);
  const deviation = f32(Math.sqrt((middle - start) * (end - middle) * perTime));
  const leftGain = gain.map((value, i) => {
    const mean = f32(f32(width * value) * f32(perTime));
    return mean + f32(deviation * (noise[i] ?? 0));
  });
  const rightGain = gain.map((value, i) => value - (leftGain[i] ?? 0));
  return [
    { start, end: middle, gain: leftGain, place: 2 * place, depth: depth + 1 },
    { start: middle, end, gain: rightGain, place: 2 * place + 1, depth: depth + 1 },
  ];
}

/** Rounds a time ≥ 0 to 6 decimals as Python does: by its exact value, halves to the even neighbour. */
function roundTime(time: number): number {
  // Only odd multiples of 2⁻⁷ lie exactly between two multiples of 10⁻⁶.
  if ((time * 128) % 2 !== 1) return Number(time.toFixed(decimals));
  const below = Math.floor(time * 10 ** decimals);
  return (below % 2 === 0 ? below : below + 1) / 10 ** decimals;
}
