import type { ParameterValues } from '@dgx-pixels/comfy-client';
import {
  availableCheckpoint,
  type EngineHandle,
  type LoadedTemplate,
  readPicture,
  runTemplate,
} from '@dgx-pixels/comfy-host';
import { type Raster, toNativeSize } from '@dgx-pixels/pixel-art';
import { LoraTrainerError } from '../errors.ts';
import type { OfferedAdapter } from './offer-adapters.ts';

/** Text and seed of one picture. */
export interface SamplePrompt {
  readonly text: string;
  readonly seed: number;
}

/** How pictures are drawn: the same for the base model and all adapters. */
export interface SampleSettings {
  /** Pixels; the training pictures' size. */
  readonly width: number;
  readonly height: number;
  /** Pixels per art pixel. */
  readonly cell: number;
  readonly steps: number;
  readonly cfg: number;
}

/** One picture. */
export interface Sample extends SamplePrompt {
  /** Updates of the adapter; 0: the adapter at strength 0, which is the base model. */
  readonly step: number;
  /** As the engine sent it. */
  readonly png: Uint8Array;
  readonly pixelsSha256: string;
  /** One pixel for each art pixel. */
  readonly native: Raster;
  /** The same as the template hands it over: cut out of its background, in at most sixteen colours. */
  readonly finished: Raster;
}

/**
 * Draws every prompt with every adapter, and with the first one at strength 0 for the base model, through the template
 * `lora` and the engine's own LoraLoader.
 *
 * @param onSample told how many pictures are drawn, of all
 * @throws LoraTrainerError TRAIN_RUN_ENDED when the engine brings no picture; the signal's reason
 */
export async function sampleCheckpoints(
  engine: EngineHandle,
  template: LoadedTemplate,
  {
    prompts,
    adapters,
    settings,
    signal,
    onSample,
  }: {
    readonly prompts: readonly SamplePrompt[];
    readonly adapters: readonly OfferedAdapter[];
    readonly settings: SampleSettings;
    readonly signal?: AbortSignal | undefined;
    readonly onSample?: (done: number, total: number) => void;
  },
): Promise<readonly Sample[]> {
  const [first] = adapters;
  if (first === undefined) return [];
  const columns = [
    { step: 0, name: first.name, strength: 0 },
    ...adapters.map((adapter) => ({ ...adapter, strength: 1 })),
  ];
  const samples: Sample[] = [];
  for (const { step, name, strength } of columns) {
    for (const prompt of prompts) {
      const drawn = await draw(engine, template, { prompt, name, strength, settings, signal });
      samples.push({ ...prompt, step, ...drawn });
      onSample?.(samples.length, columns.length * prompts.length);
    }
  }
  return samples;
}

async function draw(
  engine: EngineHandle,
  template: LoadedTemplate,
  {
    prompt,
    name,
    strength,
    settings,
    signal,
  }: {
    readonly prompt: SamplePrompt;
    readonly name: string;
    readonly strength: number;
    readonly settings: SampleSettings;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Pick<Sample, 'png' | 'pixelsSha256' | 'native' | 'finished'>> {
  const values = {
    ...templateValues(engine, template, prompt, settings),
    ...{ lora: name, strengthModel: strength, strengthText: strength },
  };
  const run = await runTemplate(engine, template, { values, checkLooks: false, signal });
  const [picture] = run.pictures?.received ?? [];
  const [file] = run.pictures?.files ?? [];
  if (picture === undefined || file === undefined) {
    const why = run.checks.find(({ passed }) => !passed)?.detail ?? 'none came';
    throw new LoraTrainerError('TRAIN_RUN_ENDED', `no picture of "${prompt.text}" with ${name}: ${why}`);
  }
  const { bytes, pixelsSha256, raster } = picture;
  const native = await toNativeSize(raster, { factor: settings.cell });
  return { png: bytes, pixelsSha256, native, finished: (await readPicture(file)).raster };
}

/** The values of a text-to-image template for one picture. */
export function templateValues(
  engine: EngineHandle,
  template: LoadedTemplate,
  { text, seed }: SamplePrompt,
  { width, height, steps, cfg }: SampleSettings,
): ParameterValues {
  const checkpoint = availableCheckpoint(template, engine.checkpoints);
  return { ...checkpoint, positive: text, negative: '', width, height, steps, cfg, seed, batchSize: 1 };
}
