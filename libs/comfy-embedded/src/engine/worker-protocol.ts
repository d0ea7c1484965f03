import type { EngineErrorCode } from './engine-errors.ts';
import type { AdapterSummary, Conditioning, EncodeRequest, ImageBatch, Latent, SampleRequest } from './pixel-engine.ts';
import type { ModelDescription } from './read-model.ts';

/** The first message to a worker: the model it shall open. Read and checked by the caller, while the thread starts. */
export interface WorkerStart {
  readonly model: ModelDescription;
  readonly threads: number;
}

/**
 * What a worker thread is started with. One int32 in shared memory; anything but 0 asks it to leave at the next step.
 * A thread inside ONNX Runtime must end by itself: terminating it there aborts the whole process.
 */
export interface WorkerLife {
  readonly leave: SharedArrayBuffer;
}

/** Wakes an idle worker, so that it sees that it shall leave. */
export interface WakeUp {
  readonly kind: 'wake-up';
}

/** The calls a worker answers; it works them off one after the other. */
export type WorkerCall =
  | { readonly kind: 'read-adapter'; readonly path: string }
  | { readonly kind: 'encode'; readonly request: EncodeRequest }
  | { readonly kind: 'sample'; readonly request: SampleRequest }
  | { readonly kind: 'decode'; readonly latent: Latent }
  | { readonly kind: 'encode-images'; readonly images: ImageBatch };

/** What a call resolves to; its arrays are moved to the caller's thread. */
export type WorkerResult =
  | { readonly kind: 'read-adapter'; readonly adapter: AdapterSummary }
  | { readonly kind: 'encode'; readonly conditioning: Conditioning }
  | { readonly kind: 'sample'; readonly latent: Latent }
  | { readonly kind: 'decode'; readonly images: ImageBatch }
  | { readonly kind: 'encode-images'; readonly latent: Latent };

/** The result that belongs to a kind of call. */
export type ResultOf<K extends WorkerResult['kind']> = Extract<WorkerResult, { kind: K }>;

export interface WorkerRequest {
  readonly id: number;
  readonly call: WorkerCall;
  /** One int32 in shared memory; anything but 0 asks the worker to stop at the next step. */
  readonly cancel: SharedArrayBuffer;
}

/** An EngineError, or any other failure, as it crosses the thread boundary. */
export interface WorkerFailure {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

export type WorkerReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly failure: WorkerFailure }
  | {
      readonly kind: 'step';
      readonly id: number;
      readonly step: number;
      readonly totalSteps: number;
      readonly preview: ImageBatch | undefined;
    }
  | { readonly kind: 'done'; readonly id: number; readonly result: WorkerResult }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: WorkerFailure }
  | { readonly kind: 'cancelled'; readonly id: number };
