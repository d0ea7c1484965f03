import { parentPort, workerData } from 'node:worker_threads';
import { decodeLatent } from './decode-latent.ts';
import { encodeImages } from './encode-images.ts';
import { EngineError } from './engine-errors.ts';
import { loadModel, type LoadedModel } from './load-model.ts';
import { encodePrompt } from './prompt/encode-prompt.ts';
import { previewLatent } from './preview-latent.ts';
import { sampleLatent, type SampleHooks } from './sample-latent.ts';
import type {
  WakeUp,
  WorkerFailure,
  WorkerLife,
  WorkerReply,
  WorkerRequest,
  WorkerResult,
  WorkerStart,
} from './worker-protocol.ts';

/** Thrown between two steps when the caller no longer wants the result. */
class Cancelled extends Error {}

if (parentPort === null) throw new Error('engine-worker.ts runs as a worker thread only');
const port = parentPort;
const leaveFlag = new Int32Array((workerData as WorkerLife).leave);
const shallLeave = (): boolean => Atomics.load(leaveFlag, 0) !== 0;

function reply(message: WorkerReply, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function failureOf(error: unknown): WorkerFailure {
  if (error instanceof EngineError) {
    const reason = error.cause instanceof Error ? { reason: error.cause.message } : {};
    return { code: error.code, message: error.message, details: { ...error.details, ...reason } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'ENGINE_RUNTIME_FAILED', message, details: {} };
}

async function answer(model: LoadedModel, { id, call, cancel }: WorkerRequest): Promise<WorkerResult> {
  const flag = new Int32Array(cancel);
  const checkpoint = () => {
    if (Atomics.load(flag, 0) !== 0 || shallLeave()) throw new Cancelled();
  };
  checkpoint();
  switch (call.kind) {
    case 'read-adapter':
      return { kind: 'read-adapter', adapter: await model.adapters.read(call.path) };
    case 'encode': {
      const encoders = await model.textEncoders(call.request.adapters ?? []);
      return { kind: 'encode', conditioning: await encodePrompt(call.request, model.vocabulary, encoders) };
    }
    case 'decode':
      return { kind: 'decode', images: await decodeLatent(model.decodeRows, call.latent, checkpoint) };
    case 'encode-images':
      return { kind: 'encode-images', latent: await encodeImages(model.encodeRows, call.images, checkpoint) };
    case 'sample': {
      const { schedule, scalingFactor, previewFactors } = model;
      const afterStep: SampleHooks['afterStep'] = (step, totalSteps, expected) => {
        const preview = call.request.previews === true ? previewLatent(previewFactors, expected, 1) : undefined;
        reply({ kind: 'step', id, step, totalSteps, preview });
      };
      const diffusion = { schedule, scalingFactor, prepareUnet: await model.unet(call.request.adapters ?? []) };
      const hooks = { beforeStep: checkpoint, afterStep };
      return { kind: 'sample', latent: await sampleLatent(diffusion, call.request, hooks) };
    }
  }
}

async function handle(model: LoadedModel, request: WorkerRequest): Promise<void> {
  try {
    const result = await answer(model, request);
    reply({ kind: 'done', id: request.id, result }, buffersOf(result));
  } catch (error) {
    const { id } = request;
    reply(error instanceof Cancelled ? { kind: 'cancelled', id } : { kind: 'failed', id, failure: failureOf(error) });
  }
}

/** The memory of a result: moved to the caller's thread, not copied. */
function buffersOf(result: WorkerResult): ArrayBuffer[] {
  return arraysOf(result)
    .map(({ buffer }) => buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer);
}

function arraysOf(result: WorkerResult): Float32Array[] {
  switch (result.kind) {
    case 'read-adapter':
      return [];
    case 'encode':
      return [result.conditioning.states, result.conditioning.pooled];
    case 'sample':
    case 'encode-images':
      return [result.latent.values];
    case 'decode':
      return [result.images.values];
  }
}

async function open(start: WorkerStart): Promise<void> {
  try {
    const model = await loadModel(start, () => {
      if (shallLeave()) throw new Cancelled();
    });
    let last = Promise.resolve();
    port.on('message', (message: WorkerRequest | WakeUp) => {
      last = last.then(() => ('id' in message ? handle(model, message) : undefined)).then(closeIfAsked);
    });
    reply({ kind: 'opened' });
  } catch (error) {
    if (!(error instanceof Cancelled)) reply({ kind: 'refused', failure: failureOf(error) });
    port.close();
  }
}

/** Without its port the thread has nothing to wait for, and ends. */
function closeIfAsked(): void {
  if (shallLeave()) port.close();
}

port.once('message', (message: WorkerStart | WakeUp) => {
  if ('model' in message) void open(message);
  else port.close();
});
