import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, writeFileAtomically } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { type SamplePlan, samplePlanSchema } from '../config/train-config.ts';
import { LoraTrainerError } from '../errors.ts';
import { type TrainRequest, trainRequestSchema } from '../protocol/train-request.ts';

/** Where the files of a run lie. */
export interface RunPaths {
  readonly folder: string;
  /** What the trainer is told. */
  readonly request: string;
  /** Every event of all its processes, appended by the trainer. */
  readonly events: string;
  /** What its processes printed. */
  readonly log: string;
  /** What base model and adapter are compared by, when nobody says anything else. */
  readonly samples: string;
  /** The newest process of the trainer. */
  readonly process: string;
  /** Held by whoever watches over the run. */
  readonly lock: string;
  readonly checkpoints: string;
  /** The finished adapter in kohya's form, which ComfyUI reads. */
  readonly adapter: string;
  /** The export of the dataset that it is trained on. */
  readonly dataset: string;
}

/** Names the files of a run. */
export function runPaths(folder: string): RunPaths {
  return {
    folder,
    request: join(folder, 'request.json'),
    events: join(folder, 'events.jsonl'),
    log: join(folder, 'trainer.log'),
    samples: join(folder, 'samples.json'),
    process: join(folder, 'process.json'),
    lock: join(folder, 'supervisor.lock'),
    checkpoints: join(folder, 'checkpoints'),
    adapter: join(folder, 'adapter.safetensors'),
    dataset: join(folder, 'dataset'),
  };
}

const processSchema = z.strictObject({
  pid: z.number().int().min(1),
  startTime: z.string().max(40).describe('clock ticks since boot; ? where the system does not tell'),
  startedAt: z.iso.datetime(),
  detached: z.boolean().describe('whether it goes on when its parent ends'),
});
/** A process of the trainer: its number alone could be another's by now. */
export type TrainerProcess = z.infer<typeof processSchema>;

const maxRequestBytes = 64 * 2 ** 20;

/**
 * Reads what a run was told.
 *
 * @throws LoraTrainerError TRAIN_RUN_NOT_FOUND; TRAIN_RUN_BROKEN
 */
export async function readRequest(folder: string): Promise<{ request: TrainRequest; sha256: string }> {
  const { request: file } = runPaths(folder);
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) throw new LoraTrainerError('TRAIN_RUN_NOT_FOUND', `${folder} is no training run`);
  if (size > maxRequestBytes) throw new LoraTrainerError('TRAIN_RUN_BROKEN', `${file} has ${size} bytes`);
  const bytes = await readFile(file);
  const parsed = trainRequestSchema.safeParse(jsonOf(bytes.toString('utf8')));
  if (parsed.success) return { request: parsed.data, sha256: sha256Hex(bytes) };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new LoraTrainerError('TRAIN_RUN_BROKEN', `${file}: ${faults.slice(0, 20).join('; ')}`, { details: { faults } });
}

/** Writes what a run is told; its folder is made. */
export async function writeRequest(request: TrainRequest): Promise<void> {
  await mkdir(request.runFolder, { recursive: true });
  await writeFileAtomically(runPaths(request.runFolder).request, `${JSON.stringify(request, null, 2)}\n`);
}

/** What base model and adapter of a run are compared by; null when the run does not say. */
export async function readSamplePlan(folder: string): Promise<SamplePlan | null> {
  const text = await readFile(runPaths(folder).samples, 'utf8').catch(() => '');
  return samplePlanSchema.safeParse(jsonOf(text)).data ?? null;
}

/** Notes it. */
export async function writeSamplePlan(folder: string, plan: SamplePlan): Promise<void> {
  await writeFileAtomically(runPaths(folder).samples, `${JSON.stringify(plan)}\n`);
}

/** The newest process of a run; null when none was ever started. */
export async function readProcess(folder: string): Promise<TrainerProcess | null> {
  const text = await readFile(runPaths(folder).process, 'utf8').catch(() => '');
  return processSchema.safeParse(jsonOf(text)).data ?? null;
}

/** Notes the process that was started. */
export async function writeProcess(folder: string, process: TrainerProcess): Promise<void> {
  await writeFileAtomically(runPaths(folder).process, `${JSON.stringify(process)}\n`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
