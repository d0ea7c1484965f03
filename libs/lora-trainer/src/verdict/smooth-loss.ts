import type { StepPoint } from '../run/run-history.ts';

/** A point of the smoothed training loss; 1 is the mean of the run's first tenth. */
export interface SmoothedLoss {
  readonly step: number;
  readonly value: number;
}

const memory = 0.99;

/**
 * Training loss that can be looked at: each update's error, by tenth of the timesteps, divided by what that tenth had on
 * average in the first tenth of the run, then an exponential mean of weight 0.99 without the bias of its start. Low timesteps
 * have hundredfold the error of high ones, so that a raw curve shows which timesteps were drawn.
 *
 * @param points at most so many are returned, evenly spread
 */
export function smoothLoss(steps: readonly StepPoint[], points = 300): readonly SmoothedLoss[] {
  const scales = binScales(steps.slice(0, Math.max(20, Math.ceil(steps.length / 10))));
  const smoothed: SmoothedLoss[] = [];
  let [mean, weight] = [0, 0];
  for (const { step, lossByBin } of steps) {
    const relative = lossByBin.flatMap((loss, bin) => {
      const scale = scales[bin];
      return loss === null || scale === undefined || scale === null ? [] : [loss / scale];
    });
    if (relative.length === 0) continue;
    const value = relative.reduce((sum, one) => sum + one, 0) / relative.length;
    mean = memory * mean + (1 - memory) * value;
    weight = memory * weight + (1 - memory);
    smoothed.push({ step, value: mean / weight });
  }
  const every = Math.max(1, Math.ceil(smoothed.length / points));
  return smoothed.filter((_point, index) => index % every === every - 1 || index === smoothed.length - 1);
}

/** Mean loss of each tenth; null for one that was not drawn. */
function binScales(steps: readonly StepPoint[]): readonly (number | null)[] {
  return Array.from({ length: 10 }, (_none, bin) => {
    const losses = steps.flatMap(({ lossByBin }) => lossByBin[bin] ?? []);
    return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  });
}
