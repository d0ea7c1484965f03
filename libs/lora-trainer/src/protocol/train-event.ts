import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';

const step = z.number().int().min(0).describe('optimiser updates done');
const seconds = z.number().min(0);
const finite = z.number();
const bytes = z.number().int().min(0);
const phase = z.enum(['load', 'cache', 'train', 'validate', 'checkpoint', 'export']);

/** Why a run ended; also its exit code. */
export const exitClasses = {
  done: 0,
  stopped: 10,
  'config-invalid': 20,
  'dataset-changed': 21,
  'out-of-memory': 30,
  'disk-full': 31,
  'not-finite': 32,
  'device-lost': 33,
  internal: 40,
} as const;
/** Why a run ended. */
export type ExitClass = keyof typeof exitClasses;

const cell = z.strictObject({
  picture: sha256Schema,
  timestep: z.number().int(),
  noise: z.number().int(),
  loss: finite.describe('mean squared error of the predicted noise, unweighted'),
});

/** What every line has. */
const envelope = {
  sequence: z.number().int().min(0).describe('rises by one, also across resumes'),
  monotonic: seconds.describe('clock of the process'),
  wall: z.iso.datetime(),
  runId: z.string(),
};

function event<const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), ...envelope, ...shape });
}

const events = [
  event('hello', {
    version: z.literal(1),
    python: z.string(),
    torch: z.string(),
    device: z.string(),
    pid: z.number().int(),
    requestSha256: sha256Schema,
    resumedFrom: step.nullable().describe('step of the checkpoint that was loaded; null for a new run'),
    modules: z.number().int().describe('layers with an adapter'),
    trainableParameters: z.number().int(),
  }),
  event('phase', { phase, step }),
  event('heartbeat', { phase, step, sinceProgress: seconds }),
  event('step', {
    step,
    loss: finite
      .nullable()
      .describe('weighted, mean over the batch; null when it was not finite and the update skipped'),
    lossByBin: z
      .array(z.number().nullable())
      .length(10)
      .describe('unweighted mean by tenth of the timesteps; null: none drawn'),
    learningRate: finite,
    gradientNorm: finite.nullable(),
    scale: finite.nullable().describe('loss scale of float16; null for other precisions'),
    skipped: z.number().int().min(0).describe('updates skipped so far'),
    seconds: seconds.describe('since the step before'),
    memoryBytes: bytes,
  }),
  event('validation', {
    step,
    heldOut: z.array(cell).describe('same cells in the same order at every step'),
    train: z.array(cell),
    seconds,
  }),
  event('checkpoint', {
    step,
    folder: z.string().describe('name below <runFolder>/checkpoints'),
    adapterSha256: sha256Schema.describe('of adapter.safetensors, kohya keys'),
    bytes,
    seconds,
  }),
  event('warning', {
    code: z.string().regex(/^[a-z-]{1,60}$/),
    message: z.string().max(2000),
  }),
  event('error', {
    code: z.enum(Object.keys(exitClasses) as [ExitClass, ...ExitClass[]]),
    message: z.string().max(4000),
    hint: z.string().max(1000),
  }),
  event('bye', {
    reason: z.enum(Object.keys(exitClasses) as [ExitClass, ...ExitClass[]]),
    step,
    seconds: seconds.describe('of the whole process'),
    trainSeconds: seconds.describe('of updates alone: no loading, caching, validation, checkpoints'),
    checkpointSeconds: seconds,
    validationSeconds: seconds,
  }),
] as const;

/** One line of the trainer's event stream, also appended to `<runFolder>/events.jsonl`. */
export const trainEventSchema = z.discriminatedUnion('type', events);
/** One line of the trainer's event stream. */
export type TrainEvent = z.infer<typeof trainEventSchema>;
