import { availableParallelism } from 'node:os';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { checkImages, checkLatent, checkSampleRequest } from './check-requests.ts';
import { EngineError } from './engine-errors.ts';
import type { PixelEngine } from './pixel-engine.ts';
import { previewLatent } from './preview-latent.ts';
import { readModel } from './read-model.ts';
import { samplerNames } from './samplers/sampler-by-name.ts';
import { schedulerNames } from './schedulers/calculate-sigmas.ts';
import { startWorker } from './worker-client.ts';
import type { ResultOf, WorkerResult } from './worker-protocol.ts';

export interface OpenEngineOptions {
  /** Folder of an exported model; the bundled one when absent. */
  readonly modelDirectory?: string | undefined;
  /** Threads of one graph run; 1 … the CPUs this process may use, which is also the default up to 8. */
  readonly threads?: number | undefined;
  /** Gives up opening. */
  readonly signal?: AbortSignal | undefined;
}

const maxDefaultThreads = 8;

/**
 * Loads the bundled diffusion model into a worker thread of its own and returns it as an engine.
 *
 * @throws EngineError ENGINE_MODEL_MISSING or ENGINE_MODEL_CORRUPT when the model cannot be trusted,
 * ENGINE_RUNTIME_FAILED when ONNX Runtime refuses it.
 */
export async function openPixelEngine(options: OpenEngineOptions = {}): Promise<PixelEngine> {
  options.signal?.throwIfAborted();
  const cpus = availableParallelism();
  const threads = Math.max(1, Math.min(Math.trunc(options.threads ?? maxDefaultThreads) || 1, cpus));
  const modelDirectory = options.modelDirectory ?? pixelModelDirectory();
  const reading = readModel(modelDirectory);
  const worker = await startWorker(
    reading.then((model) => ({ model, threads })),
    options.signal,
  );
  const { checkpointName, modelSha256, preview } = await reading;
  return {
    checkpointName,
    modelSha256,
    samplers: samplerNames,
    schedulers: schedulerNames,
    async readAdapter(path, callOptions) {
      return expectKind('read-adapter', await worker.call({ kind: 'read-adapter', path }, callOptions)).adapter;
    },
    async encodePrompt(request, callOptions) {
      return expectKind('encode', await worker.call({ kind: 'encode', request }, callOptions)).conditioning;
    },
    async sample(request, callOptions) {
      checkSampleRequest(request);
      return expectKind('sample', await worker.call({ kind: 'sample', request }, callOptions)).latent;
    },
    async decode(latent, callOptions) {
      checkLatent(latent);
      return expectKind('decode', await worker.call({ kind: 'decode', latent }, callOptions)).images;
    },
    decodePreview(latent) {
      checkLatent(latent);
      return previewLatent(preview, latent);
    },
    async encodeImages(images, callOptions) {
      checkImages(images);
      return expectKind('encode-images', await worker.call({ kind: 'encode-images', images }, callOptions)).latent;
    },
    close: worker.close,
  };
}

function expectKind<K extends WorkerResult['kind']>(kind: K, result: WorkerResult): ResultOf<K> {
  if (isOfKind(kind, result)) return result;
  throw new EngineError('ENGINE_RUNTIME_FAILED', `the engine answered "${kind}" with "${result.kind}"`);
}

function isOfKind<K extends WorkerResult['kind']>(kind: K, result: WorkerResult): result is ResultOf<K> {
  return result.kind === kind;
}
