import { parse } from 'smol-toml';
import { z } from 'zod';
import { LoraTrainerError } from '../errors.ts';
import { trainRequestSchema } from '../protocol/train-request.ts';
import { type PresetName, presetNames, presets, type TrainSettings } from './presets.ts';

const { adapter, training, validation, checkpoint } = trainRequestSchema.shape;
const whole = z.number().int();

/** What base model and adapter are compared by. */
export const samplePlanSchema = z.strictObject({
  prompts: z.array(z.string().min(1).max(1000)).max(50).describe('empty: captions of held-out pictures'),
  seeds: z.array(whole.min(0)).min(1).max(16).describe('of each prompt; the first is drawn with every checkpoint'),
  steps: whole.min(1).max(200).describe('of the sampler'),
  cfg: z.number().min(0).max(100),
});
/** What base model and adapter are compared by. */
export type SamplePlan = z.infer<typeof samplePlanSchema>;

/** What a user may say about a run; everything else comes from the preset. */
const trainConfigSchema = z.strictObject({
  preset: z.enum(presetNames).optional(),
  dataset: z.string().min(1).max(4096).optional().describe('folder of a dataset'),
  base: z.string().min(1).max(4096).optional().describe('bundled, a folder in the form of diffusers, or a checkpoint'),
  size: whole.min(64).max(2048).multipleOf(64).optional().describe('pixels of every training picture'),
  factor: whole.min(8).max(512).multipleOf(8).nullable().optional().describe('pixels per art pixel'),
  background: z.string().max(20).optional().describe('#rrggbb or contrast'),
  seed: trainRequestSchema.shape.seed.optional(),
  threads: whole.min(1).max(1024).optional(),
  epochs: z.number().positive().max(100_000).optional().describe('instead of training.steps'),
  repeats: whole.min(1).max(10_000).optional().describe('how often each picture counts in an epoch'),
  adapter: adapter.partial().optional(),
  training: training.omit({ threads: true }).partial().optional(),
  validation: validation.partial().optional(),
  checkpoint: checkpoint.partial().optional(),
  samples: samplePlanSchema.partial().optional(),
});
/** What a user says about a run. */
export type TrainConfig = z.infer<typeof trainConfigSchema>;

/** A configuration with nothing left open but what the set and the machine decide. */
export interface ResolvedConfig extends TrainSettings {
  readonly preset: (typeof presetNames)[number];
  readonly dataset: string;
  readonly base: string;
  readonly background: string | null;
  readonly threads: number | null;
  readonly epochs: number | null;
  readonly repeats: number;
  readonly samples: SamplePlan;
}

/**
 * Reads a configuration in TOML; its names are those of {@link TrainConfig} in snake case.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID, all faults at once
 */
export function parseTrainConfig(text: string, name: string): TrainConfig {
  let table: unknown;
  try {
    table = parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new LoraTrainerError('TRAIN_PLAN_INVALID', `${name}: ${why}`, { cause });
  }
  return checkTrainConfig(camelKeys(table), name);
}

/** @throws LoraTrainerError TRAIN_PLAN_INVALID, all faults at once */
export function checkTrainConfig(value: unknown, name: string): TrainConfig {
  const parsed = trainConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).map(snake).join('.')}: ${message}`);
  throw new LoraTrainerError('TRAIN_PLAN_INVALID', `${name}: ${faults.join('; ')}`, { details: { faults } });
}

/**
 * Fills a configuration in from its preset; later ones go before earlier ones. Warming up takes at most a tenth of the run,
 * unless a configuration says otherwise.
 */
export function resolveConfig(...configs: readonly TrainConfig[]): ResolvedConfig {
  const preset = configs.reduce<PresetName>((named, config) => config.preset ?? named, 'embedded');
  const { adapter: size, training: how, validation: grid, checkpoint: kept, ...rest } = presets[preset];
  const open = {
    preset,
    dataset: '',
    base: preset === 'embedded' ? 'bundled' : '',
    background: null,
    threads: null,
    epochs: null,
    repeats: 1,
    samples: { prompts: [], seeds: [1, 2], steps: 20, cfg: 7 },
  };
  const resolved = configs.reduce<ResolvedConfig>(
    (all, config) => ({
      ...filled(all, config),
      adapter: filled(all.adapter, config.adapter),
      training: filled(all.training, config.training),
      validation: filled(all.validation, config.validation),
      checkpoint: filled(all.checkpoint, config.checkpoint),
      samples: filled(all.samples, config.samples),
    }),
    { ...open, ...rest, adapter: size, training: how, validation: grid, checkpoint: kept },
  );
  const warmupSteps = configs.findLast(({ training }) => training?.warmupSteps !== undefined)?.training?.warmupSteps;
  const { steps, warmupSteps: usual } = resolved.training;
  return {
    ...resolved,
    training: { ...resolved.training, warmupSteps: warmupSteps ?? Math.min(usual, Math.floor(steps / 10)) },
  };
}

/** Values with those replaced that are given. */
function filled<T extends object>(values: T, given: object | undefined): T {
  const changes = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...values, ...Object.fromEntries(changes) };
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camel(name), camelKeys(inner)]));
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
