import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-errors.ts';
import type { CallOptions, StepListener } from './pixel-engine.ts';
import type {
  WakeUp,
  WorkerCall,
  WorkerFailure,
  WorkerLife,
  WorkerReply,
  WorkerRequest,
  WorkerResult,
  WorkerStart,
} from './worker-protocol.ts';

interface WorkerCallOptions extends CallOptions {
  readonly onStep?: StepListener | undefined;
}

/** The caller's side of the engine's worker thread. */
export interface WorkerClient {
  readonly call: (call: WorkerCall, options?: WorkerCallOptions) => Promise<WorkerResult>;
  readonly close: () => Promise<void>;
}

interface PendingCall extends WorkerCallOptions {
  readonly resolve: (result: WorkerResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** A step of the largest image on a slow machine; a thread that is asked to end takes no longer. */
const longestStepMs = 60_000;

// Sources run as they are in development; compiled files lie side by side with the same names.
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.js',
  import.meta.url,
);

/**
 * Starts the worker thread, hands it the model once `loading` has it, and waits until its graphs are open. A failure or
 * an abort meanwhile ends the thread.
 */
export async function startWorker(loading: Promise<WorkerStart>, signal?: AbortSignal): Promise<WorkerClient> {
  // ONNX Runtime reports usage unless told otherwise. It reads the process's environment, which a worker's is not.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const life: WorkerLife = { leave: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
  const worker = new Worker(workerUrl, { workerData: life });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const pending = new Map<number, PendingCall>();
  let nextId = 0;
  let ended: EngineError | null = null;

  /** Asks the thread to end and waits until it has: only a thread that does not answer is terminated. */
  async function leave(): Promise<void> {
    Atomics.store(new Int32Array(life.leave), 0, 1);
    worker.postMessage({ kind: 'wake-up' } satisfies WakeUp);
    const patience = setTimeout(() => void worker.terminate(), longestStepMs);
    await exited;
    clearTimeout(patience);
  }

  function end(message: string, cause?: unknown): EngineError {
    ended ??= new EngineError('ENGINE_CLOSED', message, {}, cause);
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
    return ended;
  }

  function onReply(reply: Exclude<WorkerReply, { kind: 'opened' | 'refused' }>): void {
    const call = pending.get(reply.id);
    if (reply.kind === 'step') return call?.onStep?.(reply.step, reply.totalSteps, reply.preview);
    pending.delete(reply.id);
    if (reply.kind === 'done') call?.resolve(reply.result);
    else call?.reject(reply.kind === 'failed' ? errorOf(reply.failure) : reasonOf(call.signal));
  }

  const opened = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: WorkerReply) => {
      if (reply.kind === 'opened') resolve();
      else if (reply.kind === 'refused') reject(errorOf(reply.failure));
      else onReply(reply);
    });
    worker.on('error', (error) => reject(end(`the engine's thread failed: ${error.message}`, error)));
    worker.on('exit', (code) => reject(end(`the engine's thread ended with code ${code}`)));
  });
  const giveUp = () => void leave();
  signal?.addEventListener('abort', giveUp, { once: true });

  // A thread that fails while the model is still being read is reported below, by the same promise.
  opened.catch(() => undefined);
  try {
    worker.postMessage(await loading);
    await opened;
    signal?.throwIfAborted();
  } catch (error) {
    await leave();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }

  function post(call: WorkerCall, options: WorkerCallOptions): Promise<WorkerResult> {
    options.signal?.throwIfAborted();
    if (ended !== null) throw ended;
    const id = nextId++;
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const onAbort = () => void Atomics.store(new Int32Array(cancel), 0, 1);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const result = new Promise<WorkerResult>((resolve, reject) => pending.set(id, { ...options, resolve, reject }));
    worker.postMessage({ id, call, cancel } satisfies WorkerRequest);
    return result.finally(() => options.signal?.removeEventListener('abort', onAbort));
  }

  return {
    call: async (call, options = {}) => post(call, options),
    close: async () => {
      end('the engine is closed');
      await leave();
    },
  };
}

function errorOf({ code, message, details }: WorkerFailure): EngineError {
  return new EngineError(code, message, details);
}

function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? new EngineError('ENGINE_CLOSED', 'the call was cancelled');
}
