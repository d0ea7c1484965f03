import type { EdgeProfile } from './edge-profile.ts';

/** A regular grid that the borders of a picture lie on. */
export interface Lattice {
  /** Pixels per cell; a fraction for pictures that were scaled unevenly. */
  readonly factor: number;
  /** Pixels before the first whole cell. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** 0: no better than chance, 1: all changes lie on the grid. */
  readonly confidence: number;
}

/** Shortest long side, in art pixels, that a picture is reduced to: smaller ones are drawn with thick strokes, not enlarged. */
const smallestNativeSide = 16;
/** Grids as good as the best one but for so much count as good: the coarsest of them is taken, since every finer divisor fits as well. */
const tolerance = 0.07;

/** Most pixels per art pixel of a picture with so long a longer side. */
export function largestFactor(longSide: number): number {
  return longSide / smallestNativeSide;
}

/**
 * The grid by energy: for each factor and offset, the share of all change that lies on its borders, less the share that
 * chance puts there, rescaled to [0, 1]. Survives compression and mild blur.
 */
export function latticeByEnergy(columns: EdgeProfile, rows: EdgeProfile): Lattice | null {
  const candidates: Lattice[] = [];
  const largest = largestFactorOf(columns, rows);
  for (let factor = 2; factor <= largest; factor++) {
    const across = bestOffset(columns, factor);
    const down = bestOffset(rows, factor);
    const confidence = weighted(columns, rows, across.score, down.score);
    candidates.push({ factor, offsetX: across.offset, offsetY: down.offset, confidence });
  }
  return coarsest(candidates);
}

function largestFactorOf(columns: EdgeProfile, rows: EdgeProfile): number {
  return largestFactor(Math.max(columns.energy.length, rows.energy.length) + 1);
}

function bestOffset(
  { energy, total }: EdgeProfile,
  factor: number,
): { readonly offset: number; readonly score: number } {
  if (total === 0) return { offset: 0, score: 0 };
  const sums = new Float64Array(factor);
  for (let index = 0; index < energy.length; index++) {
    const place = (index + 1) % factor;
    sums[place] = (sums[place] ?? 0) + (energy[index] ?? 0);
  }
  const offset = sums.indexOf(Math.max(...sums));
  const chance = 1 / factor;
  return { offset, score: ((sums[offset] ?? 0) / total - chance) / (1 - chance) };
}

/**
 * The grid by the spacing of the peaks of change: the strongest wave in both profiles. Smooth enlargement spreads each
 * border over its neighbours, which leaves the spacing as it was; also finds factors that are no whole numbers.
 */
export function latticeByPeakSpacing(columns: EdgeProfile, rows: EdgeProfile): Lattice | null {
  const candidates: Lattice[] = [];
  const length = Math.max(columns.energy.length, rows.energy.length);
  const largest = largestFactorOf(columns, rows);
  for (let factor = 2; factor <= largest; factor += factor < 16 ? 0.125 : 0.25) {
    const turns = turnsOf(factor, length);
    const across = wave(columns, factor, turns);
    const down = wave(rows, factor, turns);
    const confidence = weighted(columns, rows, across.amplitude, down.amplitude);
    candidates.push({ factor, offsetX: across.offset, offsetY: down.offset, confidence });
  }
  // A smooth wave has no overtones: the strongest is the one, no divisor fits as well.
  const found = candidates.reduce<Lattice | null>(
    (best, next) => (next.confidence > (best?.confidence ?? 0) ? next : best),
    null,
  );
  if (found === null) return null;
  // A whole factor is far more likely than a fraction beside it.
  const whole = candidates.find(({ factor }) => factor === Math.round(found.factor));
  return whole !== undefined && whole.confidence >= found.confidence * (1 - tolerance) ? whole : found;
}

interface Turns {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Where each entry of a profile stands in a period of `factor` pixels: one table for both profiles. */
function turnsOf(factor: number, length: number): Turns {
  const turns = { cosines: new Float64Array(length), sines: new Float64Array(length) };
  for (let index = 0; index < length; index++) {
    const angle = (2 * Math.PI * (index + 1)) / factor;
    turns.cosines[index] = Math.cos(angle);
    turns.sines[index] = Math.sin(angle);
  }
  return turns;
}

/** The part of a profile that repeats every `factor` pixels, as a share of all change. */
function wave(
  { energy, total }: EdgeProfile,
  factor: number,
  { cosines, sines }: Turns,
): { readonly offset: number; readonly amplitude: number } {
  if (total === 0) return { offset: 0, amplitude: 0 };
  let [real, imaginary] = [0, 0];
  const swings = withoutTrend(energy, factor);
  for (let index = 0; index < swings.length; index++) {
    const value = swings[index] ?? 0;
    real += value * (cosines[index] ?? 0);
    imaginary += value * (sines[index] ?? 0);
  }
  const turn = Math.atan2(imaginary, real) / (2 * Math.PI);
  const offset = Math.round((turn - Math.floor(turn)) * factor) % Math.round(factor);
  return { offset, amplitude: Math.hypot(real, imaginary) / total };
}

/** A profile less its mean over one period around each entry: where the subject lies in the picture is no wave. */
function withoutTrend(energy: Float64Array, period: number): Float64Array {
  const sums = new Float64Array(energy.length + 1);
  for (let index = 0; index < energy.length; index++) sums[index + 1] = (sums[index] ?? 0) + (energy[index] ?? 0);
  const reach = Math.max(1, Math.round(period / 2));
  const swings = new Float64Array(energy.length);
  for (let index = 0; index < energy.length; index++) {
    const from = Math.max(0, index - reach);
    const to = Math.min(energy.length, index + reach + 1);
    swings[index] = (energy[index] ?? 0) - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  }
  return swings;
}

function weighted(columns: EdgeProfile, rows: EdgeProfile, across: number, down: number): number {
  const total = columns.total + rows.total;
  return total === 0 ? 0 : (across * columns.total + down * rows.total) / total;
}

function coarsest(candidates: readonly Lattice[]): Lattice | null {
  const best = Math.max(0, ...candidates.map(({ confidence }) => confidence));
  return candidates.findLast(({ confidence }) => best > 0 && confidence >= best * (1 - tolerance)) ?? null;
}
