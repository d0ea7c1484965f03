/** How fast the machine trains, in floating point operations a second, and how that is known. */
export interface TrainingRate {
  readonly low: number;
  readonly high: number;
  readonly origin: 'measured' | 'predicted';
  readonly basis: string;
}

/** How long a run takes. */
export interface TimeRange {
  readonly lowSeconds: number;
  readonly highSeconds: number;
  readonly origin: TrainingRate['origin'];
  readonly basis: string;
}

/**
 * Three independent workloads that others ran on a GB10 reached 34 to 40 TFLOPS; 25 allows for the many small operators of
 * adapters. Nobody measured SDXL training there for this repository: the range is a prediction, to be checked on one.
 */
export const predictedGb10Rate: TrainingRate = {
  low: 25e12,
  high: 40e12,
  origin: 'predicted',
  basis: 'published runs of other models on a GB10; a run of this trainer there replaces it',
};
/** Updates of one picture take this long on a GB10 at least: starting some ten thousand kernels. Seconds; predicted. */
const launchFloorSeconds = 0.6;

/** Spreads what one run reached: machines have other work and get warm. */
export function measuredRate(operationsPerSecond: number, basis: string): TrainingRate {
  return { low: operationsPerSecond * 0.8, high: operationsPerSecond * 1.1, origin: 'measured', basis };
}

/** Times of a run's updates and validations; loading and caching come on top. */
export function predictTime(
  {
    updates,
    updateOperations,
    validationOperations,
    cuda,
  }: {
    readonly updates: number;
    /** Of one update, all its pictures together. */
    readonly updateOperations: number;
    /** Of all rounds. */
    readonly validationOperations: number;
    readonly cuda: boolean;
  },
  rate: TrainingRate,
): TimeRange {
  const floor = cuda && rate.origin === 'predicted' ? launchFloorSeconds : 0;
  const seconds = (perSecond: number): number =>
    updates * Math.max(floor, updateOperations / perSecond) + validationOperations / perSecond;
  return {
    lowSeconds: seconds(rate.high),
    highSeconds: seconds(rate.low),
    origin: rate.origin,
    basis: rate.basis,
  };
}
