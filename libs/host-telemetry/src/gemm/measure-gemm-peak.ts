import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { summarise } from '@dgx-pixels/evidence';
import type { Summary } from '@dgx-pixels/evidence';
import { HostTelemetryError } from '../errors.ts';
import { gemmMessageSchema } from './gemm-protocol.ts';
import type { GemmSample, GemmTask } from './gemm-protocol.ts';

/** The float32 matrix-multiplication peak of this CPU. */
export interface GemmPeak {
  /** Name and version of the library that multiplied. */
  readonly library: string;
  readonly dtype: 'float32';
  /** Edge length of the square matrices of the best size. */
  readonly size: number;
  readonly threads: number;
  /** GFLOPS of the best size; a multiply-add counts as two operations. */
  readonly gflops: Summary;
  /** GFLOPS of every timed run of that size, in order. */
  readonly samplesGflops: readonly number[];
}

/** How to probe. */
export interface MeasureGemmPeakOptions {
  /** Threads of one product; by default as many as this process may use. */
  readonly threads?: number | undefined;
  /** Edge lengths to try, the best one counts; 512, 1024 and 1536 by default. */
  readonly sizes?: readonly number[] | undefined;
  /** Time for all sizes together in ms, 4500 by default. A slow CPU still makes five runs of a size it has begun. */
  readonly budgetMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** float32 sums of up to 2^11 terms, chained up to 64 times; a wrong product is off by orders of magnitude more. */
const toleratedRelativeError = 1e-3;
const longestProbeMs = 120_000;
// Sources run as they are in development; compiled files lie side by side with the same names.
const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('./gemm-worker.ts', import.meta.url)
  : new URL('./gemm-worker.js', import.meta.url);

/**
 * Measures the GEMM peak of this CPU: chains of square float32 products in a worker thread, two warm-up runs apart,
 * five to fifty timed runs a size, median of the best size. The product itself is checked against float64.
 *
 * @throws HostTelemetryError HOST_GEMM_FAILED when the runtime fails or multiplies wrongly; the signal's reason on abort.
 */
export async function measureGemmPeak(options: MeasureGemmPeakOptions = {}): Promise<GemmPeak> {
  options.signal?.throwIfAborted();
  const threads = options.threads ?? availableParallelism();
  const sizes = options.sizes ?? [512, 1024, 1536];
  const { samples, library } = await runWorker(
    {
      sizes,
      threads,
      flopsPerRun: 2 * 1536 ** 3,
      warmupRuns: 2,
      minRuns: 5,
      maxRuns: 50,
      budgetMs: options.budgetMs ?? 4_500,
      stopFlag: new SharedArrayBuffer(4),
    },
    options.signal,
  );
  const rated = samples.map((sample) => ({ sample, samplesGflops: checkedGflops(sample) }));
  const best = rated
    .map((entry) => ({ ...entry, gflops: summarise(entry.samplesGflops) }))
    .reduce((a, b) => (b.gflops.median > a.gflops.median ? b : a));
  const { samplesGflops, gflops } = best;
  return { library, dtype: 'float32', size: best.sample.size, threads, gflops, samplesGflops };
}

function checkedGflops(sample: GemmSample): number[] {
  const { size, products, runMs, relativeError } = sample;
  if (relativeError > toleratedRelativeError) {
    const message = `the ${size}×${size} product differs from the float64 one by ${relativeError.toExponential(1)}`;
    throw new HostTelemetryError('HOST_GEMM_FAILED', message, { details: { size, relativeError } });
  }
  return runMs.map((ms) => (2 * size ** 3 * products) / ms / 1e6);
}

async function runWorker(
  task: GemmTask,
  signal: AbortSignal | undefined,
): Promise<{ readonly samples: readonly GemmSample[]; readonly library: string }> {
  // ONNX Runtime reports usage unless told otherwise. It reads the process's environment, which a worker's is not.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const worker = new Worker(workerUrl, { workerData: task });
  const askToStop = () => Atomics.store(new Int32Array(task.stopFlag), 0, 1);
  signal?.addEventListener('abort', askToStop, { once: true });
  const samples: GemmSample[] = [];
  try {
    const library = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(failure(`no result within ${longestProbeMs} ms`)), longestProbeMs);
      timer.unref();
      const settle = (end: () => void) => {
        clearTimeout(timer);
        end();
      };
      worker.on('message', (raw) => {
        const parsed = gemmMessageSchema.safeParse(raw);
        const message = parsed.data ?? { type: 'failed', message: 'the worker posted a malformed message' };
        if (message.type === 'sample') samples.push(message.sample);
        else if (message.type === 'done') settle(() => resolve(message.library));
        else settle(() => reject(failure(message.message)));
      });
      worker.once('error', (error) => settle(() => reject(failure(error.message, error))));
      worker.once('exit', (code) => settle(() => reject(failure(`the worker ended early with code ${code}`))));
    });
    signal?.throwIfAborted();
    return { samples, library };
  } finally {
    signal?.removeEventListener('abort', askToStop);
    askToStop();
    await worker.terminate();
  }
}

function failure(message: string, cause?: unknown): HostTelemetryError {
  return new HostTelemetryError('HOST_GEMM_FAILED', `the GEMM probe failed: ${message}`, { cause });
}
