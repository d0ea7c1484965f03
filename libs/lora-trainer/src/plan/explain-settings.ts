import type { BaseModel } from '../base/inspect-base.ts';
import type { ResolvedConfig } from '../config/train-config.ts';
import type { TimeRange } from './predict-time.ts';

/** The mission's limit for 50 pictures and 3,000 updates, in seconds. */
const missionSeconds = 4 * 3600;

/** Says which settings often end badly, and why. They are used as they are. */
export function explainSettings(
  { adapter, training, validation, checkpoint }: ResolvedConfig,
  base: BaseModel | null,
  { updates, train, time }: { readonly updates: number; readonly train: number; readonly time: TimeRange | null },
): readonly string[] {
  const epochs = (updates * training.batchSize * training.accumulation) / Math.max(1, train);
  const sdxl = base !== null && base.kind !== 'bundled';
  const rules: readonly (readonly [boolean, string])[] = [
    [
      sdxl && training.learningRate > 5e-4,
      `training.learning_rate ${training.learningRate} is high for SDXL: 1e-4 is usual, images look burnt above 5e-4`,
    ],
    [
      training.learningRate < 1e-6,
      `training.learning_rate ${training.learningRate} is so low that ${updates} updates change next to nothing`,
    ],
    [
      adapter.alpha > 2 * adapter.rank,
      `adapter.alpha ${adapter.alpha} over rank ${adapter.rank} multiplies the adapter by ${adapter.alpha / adapter.rank}`,
    ],
    [
      sdxl && epochs > 250,
      `each picture is drawn ${Math.round(epochs)} times: sets of this size are usually overfit by then, watch the held-out error`,
    ],
    [training.noiseOffset > 0.1, `training.noise_offset ${training.noiseOffset} changes the brightness of everything`],
    [
      training.captionDropout > 0.3,
      `training.caption_dropout ${training.captionDropout} leaves too few updates to learn what captions mean`,
    ],
    [training.clipNorm > 10, `training.clip_norm ${training.clipNorm} clips nothing: one bad update can undo the run`],
    [training.minSnrGamma === null, 'training.min_snr_gamma is off: low noise levels dominate the updates'],
    [validation.every > updates, 'validation.every is larger than the run: only its start and its end are measured'],
    [checkpoint.every > updates, 'checkpoint.every is larger than the run: a fault costs all of it'],
    [checkpoint.every > 1000, `a fault costs up to ${checkpoint.every} updates: checkpoints are cheap`],
    [
      time !== null && time.highSeconds > missionSeconds,
      `it may take ${((time?.highSeconds ?? 0) / 3600).toFixed(1)} hours; the mission allows 4`,
    ],
    [
      training.precision === 'float16' && sdxl,
      'float16 skips updates when the loss scale is too high: a few at the start are normal; the VAE runs in float32',
    ],
  ];
  return rules.filter(([holds]) => holds).map(([, why]) => why);
}
