import { importExport } from '@dgx-pixels/dataset-tools';
import { cutOutSprite } from '@dgx-pixels/pixel-art';
import { evaluateSet, type SetEvaluation } from '@dgx-pixels/image-metrics';
import type { Sample } from './sample-checkpoints.ts';
import type { Run } from '../run/read-run.ts';

/**
 * Whether an adapter's pictures are closer to the set it was trained on than those of the base model from the same prompts
 * and seeds (`evaluateSet` of image-metrics).
 *
 * @param samples of the base model (step 0) and of the adapter of `step`, each prompt and seed once
 */
export async function evaluateStyle(
  run: Run,
  samples: readonly Sample[],
  step: number,
  signal?: AbortSignal,
): Promise<SetEvaluation> {
  const { pictures } = await importExport(run.request.dataset.path);
  const natives = pictures.filter(({ image }) => image.split === 'train').map(({ native }) => native);
  // Training pictures lose the background that they were exported on, as generated ones do.
  const train = await Promise.all(natives.map((native) => cutOutSprite(native, 0)));
  const base = samples.filter((sample) => sample.step === 0);
  const generated = base.map(({ text, seed }) => samples.find(isOf(step, text, seed)));
  return evaluateSet(
    {
      train,
      base: base.map(({ finished }) => finished),
      generated: generated.flatMap((sample) => (sample === undefined ? [] : [sample.finished])),
    },
    signal === undefined ? {} : { signal },
  );
}

function isOf(step: number, text: string, seed: number): (sample: Sample) => boolean {
  return (sample) => sample.step === step && sample.text === text && sample.seed === seed;
}
