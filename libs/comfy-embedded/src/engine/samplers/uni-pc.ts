import type { LatentValues, Sampler, SamplerRun } from './sampler.ts';
import { solveLinear } from './solve-linear.ts';
import { type ScaledLevel, scaledLevel } from './scaled-level.ts';

/** B(h) of the paper's section 3.4: h itself, or e^h − 1. */
type Variant = 'bh1' | 'bh2';

/** A past prediction of the clean latent and the level that it was made at. */
interface Past {
  readonly level: ScaledLevel;
  readonly denoised: Float64Array;
}

const maxOrder = 3;
/** What stands in for the noise level 0, whose λ is infinite. */
const lastSigma = 0.001;
const f32 = Math.fround;

/** Coefficients of one update over h, by the ratios of the past points' distances to h; the last ratio is 1. */
function coefficients(h: number, ratios: readonly number[], variant: Variant) {
  const hh = -h;
  const phi1 = f32(Math.expm1(hh));
  const scale = variant === 'bh1' ? hh : phi1;
  const rows: number[][] = [];
  const sums: number[] = [];
  let phi = f32(f32(phi1 / hh) - 1);
  let factorial = 1;
  for (let power = 0; power < ratios.length; power++) {
    rows.push(ratios.map((ratio) => f32(ratio ** power)));
    sums.push(f32(f32(phi * factorial) / scale));
    factorial *= power + 2;
    phi = f32(f32(phi / hh) - 1 / factorial);
  }
  const order = ratios.length;
  const shorter = rows.slice(0, -1).map((row) => row.slice(0, -1));
  return {
    phi1,
    scale,
    /** Weights of the past differences when the end is not known yet. */
    predict: order === 2 ? [0.5] : solveLinear(shorter, sums.slice(0, -1)),
    /** Weights of the past differences and, last, of the one at the end. */
    correct: order === 1 ? [0.5] : solveLinear(rows, sums),
  };
}

/** Works on x / √(σ² + 1), with coefficients in float32, as the authors' code that ComfyUI runs does. */
async function sampleUniPcVariant<T extends LatentValues>(run: SamplerRun<T>, variant: Variant): Promise<T> {
  const { sigmas } = run;
  const steps = sigmas.length - 1;
  const order = Math.min(maxOrder, steps - 1);
  const levels = Array.from(sigmas, (sigma, i) => scaledLevel(i === steps && sigma === 0 ? f32(lastSigma) : sigma));
  const past: Past[] = [];
  const x = Float64Array.from(run.x, (value) => value / (levels[0]?.norm ?? 1));

  async function predictClean(level: ScaledLevel): Promise<Float64Array> {
    run.x.set(x.map((value) => value * level.norm));
    const denoised = await run.denoise(run.x, level.sigma);
    return x.map((value, i) => {
      const noise = (value * level.norm - (denoised[i] ?? 0)) / level.sigma;
      return (value - level.std * noise) / level.alpha;
    });
  }

  /** One update to a level: predicted from the past, then corrected by the model's word on the result. */
  async function update(to: ScaledLevel, updateOrder: number, isCorrected: boolean): Promise<void> {
    const [last, ...older] = past.toReversed();
    if (last === undefined) return;
    const h = f32(to.lambda - last.level.lambda);
    if (h === 0) return;
    const used = older.slice(0, updateOrder - 1);
    const ratios = used.map(({ level }) => f32(f32(level.lambda - last.level.lambda) / h));
    const { phi1, scale, predict, correct } = coefficients(h, [...ratios, 1], variant);
    const [keep, gain, weight] = [f32(to.std / last.level.std), f32(to.alpha * phi1), f32(to.alpha * scale)];
    const base = x.map((value, i) => keep * value - gain * (last.denoised[i] ?? 0));
    const differences = used.map(({ denoised }, k) =>
      denoised.map((value, i) => (value - (last.denoised[i] ?? 0)) / (ratios[k] ?? 1)),
    );
    const weigh = (weights: readonly number[], i: number) =>
      differences.reduce((sum, difference, k) => sum + (weights[k] ?? 0) * (difference[i] ?? 0), 0);
    for (let i = 0; i < x.length; i++) x[i] = (base[i] ?? 0) - weight * weigh(predict, i);
    if (!isCorrected) return;
    const denoised = await predictClean(to);
    const weightOfEnd = correct.at(-1) ?? 0;
    for (let i = 0; i < x.length; i++) {
      const atEnd = (denoised[i] ?? 0) - (last.denoised[i] ?? 0);
      x[i] = (base[i] ?? 0) - weight * (weigh(correct, i) + weightOfEnd * atEnd);
    }
    past.push({ level: to, denoised });
    if (past.length > order) past.shift();
  }

  for (const [step, level] of levels.slice(0, -1).entries()) {
    if (step === 0) past.push({ level, denoised: await predictClean(level) });
    else await update(level, Math.min(step, order, steps + 1 - step), true);
    const shown = run.x.slice() as T;
    shown.set(past.at(-1)?.denoised ?? []);
    run.onStep?.(step, run.x, shown);
  }
  const end = levels[steps] ?? scaledLevel(0);
  // With a single step ComfyUI makes no update at all.
  if (steps > 1) await update(end, 1, false);
  run.x.set(x.map((value) => value / end.alpha));
  return run.x;
}

/** `uni_pc`: the unified predictor-corrector of order 3 (Zhao et al. 2023) with B(h) = h. */
export const sampleUniPc: Sampler = (run) => sampleUniPcVariant(run, 'bh1');

/** `uni_pc_bh2`: the same with B(h) = e^h − 1. */
export const sampleUniPcBh2: Sampler = (run) => sampleUniPcVariant(run, 'bh2');
