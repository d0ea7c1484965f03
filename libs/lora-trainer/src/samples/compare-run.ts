import { type EngineHandle, engineInfoOf, type LoadedTemplate, runTemplate } from '@dgx-pixels/comfy-host';
import type { EngineInfo } from '@dgx-pixels/evidence';
import type { SetEvaluation } from '@dgx-pixels/image-metrics';
import type { Run } from '../run/read-run.ts';
import { readSamplePlan } from '../run/run-folder.ts';
import { evaluateStyle } from './evaluate-style.ts';
import { type SampleEngine, withAdapters } from './offer-adapters.ts';
import {
  type Sample,
  sampleCheckpoints,
  type SamplePrompt,
  type SampleSettings,
  templateValues,
} from './sample-checkpoints.ts';

/** What to draw and with what. */
export interface CompareOptions {
  readonly engine: SampleEngine;
  /** Templates `lora` and `txt2img` of the workspace. */
  readonly templates: { readonly withAdapter: LoadedTemplate; readonly plain: LoadedTemplate };
  /** Checkpoints that are drawn, in order. */
  readonly steps: readonly number[];
  /** The one whose style is measured; one of `steps`. */
  readonly evaluated: number;
  /** @default those of the run's plan, else the captions of the held-out pictures, at most ten */
  readonly prompts?: readonly string[] | undefined;
  /** Seeds of each prompt for the measurement; the first one is drawn with every checkpoint. @default those of the run's plan */
  readonly seeds?: readonly number[];
  readonly settings?: Partial<Pick<SampleSettings, 'steps' | 'cfg'>>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** An adapter held against its base model. */
export interface Comparison {
  readonly prompts: readonly string[];
  readonly seeds: readonly number[];
  readonly settings: SampleSettings;
  readonly engine: EngineInfo;
  /** Of the base model (step 0) and of every checkpoint, with the first seed; of base and `evaluated` with all. */
  readonly samples: readonly Sample[];
  readonly evaluated: number;
  readonly evaluation: SetEvaluation;
  readonly loading: {
    /** Whether the adapter at strength 0 gives the picture of a graph without it, pixel for pixel. */
    readonly zeroIsBase: boolean;
    /** Pictures that the adapter changes, of so many. */
    readonly changed: number;
    readonly pictures: number;
  };
}

const mostPrompts = 10;

/**
 * Draws the same prompts from the same seeds with the base model and with checkpoints of a run, through the engine's own
 * LoraLoader, and measures whether the style came closer to the set.
 *
 * @throws LoraTrainerError TRAIN_RUN_ENDED when the engine brings no picture; TRAIN_PLAN_INVALID when a server does not
 * list the adapters; ImageMetricError for too few pictures; the signal's reason
 */
export async function compareRun(run: Run, options: CompareOptions): Promise<Comparison> {
  const { steps, evaluated, signal, onProgress = () => undefined } = options;
  const { validation, train, width, height } = run.request.dataset;
  const plan = await readSamplePlan(run.folder);
  const known = (validation.length > 0 ? validation : train).map(({ caption }) => caption).slice(0, mostPrompts);
  const planned = plan === null || plan.prompts.length === 0 ? known : plan.prompts;
  const prompts = options.prompts ?? planned;
  const seeds = options.seeds ?? plan?.seeds ?? [1, 2];
  const settings = { width, height, cell: 8, steps: plan?.steps ?? 20, cfg: plan?.cfg ?? 7, ...options.settings };
  const grid = promptsOf(prompts, seeds.slice(0, 1));
  const more = promptsOf(prompts, seeds.slice(1));
  const total = grid.length * (steps.length + 1) + more.length * 2;
  return withAdapters({ runFolder: run.folder, steps, engine: options.engine, signal }, async (engine, adapters) => {
    const { withAdapter, plain } = options.templates;
    const first = await sampleCheckpoints(engine, withAdapter, {
      ...{ prompts: grid, adapters, settings, signal },
      onSample: (done) => onProgress(done, total),
    });
    const chosen = adapters.filter(({ step }) => step === evaluated);
    const second = await sampleCheckpoints(engine, withAdapter, {
      ...{ prompts: more, adapters: chosen, settings, signal },
      onSample: (done) => onProgress(first.length + done, total),
    });
    const samples = [...first, ...second];
    const evaluation = await evaluateStyle(run, samples, evaluated, signal);
    const [example] = first;
    return {
      ...{ prompts, seeds, settings, samples, evaluated, evaluation },
      engine: engineInfoOf(engine),
      loading: {
        zeroIsBase:
          example !== undefined &&
          (await plainPixels(engine, plain, example, settings, signal)) === example.pixelsSha256,
        ...countChanged(samples, evaluated),
      },
    };
  });
}

function promptsOf(texts: readonly string[], seeds: readonly number[]): readonly SamplePrompt[] {
  return texts.flatMap((text) => seeds.map((seed) => ({ text, seed })));
}

function countChanged(samples: readonly Sample[], step: number): { changed: number; pictures: number } {
  const base = new Map(
    samples.filter((one) => one.step === 0).map((one) => [`${one.seed} ${one.text}`, one.pixelsSha256]),
  );
  const adapted = samples.filter((one) => one.step === step);
  const changed = adapted.filter(({ seed, text, pixelsSha256 }) => base.get(`${seed} ${text}`) !== pixelsSha256).length;
  return { changed, pictures: adapted.length };
}

/** Hash of the picture that a graph without any adapter gives; null when none came. */
async function plainPixels(
  engine: EngineHandle,
  template: LoadedTemplate,
  prompt: SamplePrompt,
  settings: SampleSettings,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const values = templateValues(engine, template, prompt, settings);
  const run = await runTemplate(engine, template, { values, checkLooks: false, signal });
  return run.pictures?.received[0]?.pixelsSha256 ?? null;
}
