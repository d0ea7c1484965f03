import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { z } from 'zod';
import type { gemmMessageSchema, GemmSample, GemmTask } from './gemm-protocol.ts';
import { onnxChainModel } from './onnx-chain-model.ts';
import { chainMatrix, referenceRow } from './reference-row.ts';

// A thread of its own, because the runtime blocks the thread that calls it.
const task = workerData as GemmTask;
const stop = new Int32Array(task.stopFlag);

/** Rounding errors grow along a chain; a longer one could no longer be told from a wrong product. */
const longestChain = 64;

try {
  const end = performance.now() + task.budgetMs;
  for (const [index, size] of task.sizes.entries()) {
    if (Atomics.load(stop, 0) !== 0 || (index > 0 && performance.now() > end)) break;
    post({ type: 'sample', sample: await timeSize(size) });
  }
  post({ type: 'done', library: `onnxruntime-node ${env.versions.node ?? 'of unknown version'}` });
} catch (error) {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}

async function timeSize(size: number): Promise<GemmSample> {
  const products = Math.min(longestChain, Math.max(1, Math.round(task.flopsPerRun / (2 * size ** 3))));
  const weights = chainMatrix(size, 1);
  const x = chainMatrix(size, 2);
  const session = await InferenceSession.create(onnxChainModel({ size, products, weights }), {
    intraOpNumThreads: task.threads,
    interOpNumThreads: 1,
    executionProviders: ['cpu'],
    logSeverityLevel: 3,
  });
  try {
    const feeds = { x: new Tensor('float32', x, [size, size]) };
    const runMs: number[] = [];
    let relativeError = Number.NaN;
    const deadline = performance.now() + task.budgetMs / task.sizes.length;
    for (let run = 0; run < task.warmupRuns + task.maxRuns; run++) {
      const enough = run >= task.warmupRuns + task.minRuns && performance.now() > deadline;
      if (enough || Atomics.load(stop, 0) !== 0) break;
      const started = performance.now();
      const output = await session.run(feeds);
      const elapsed = performance.now() - started;
      if (run === 0) relativeError = firstRowError(output['y'], referenceRow(x, weights, size, products));
      if (run >= task.warmupRuns) runMs.push(elapsed);
      await setImmediate();
    }
    return { size, products, runMs, relativeError: Number.isFinite(relativeError) ? relativeError : 1 };
  } finally {
    await session.release();
  }
}

function firstRowError(output: Tensor | undefined, expected: Float64Array): number {
  const values = output?.data;
  if (!(values instanceof Float32Array)) return Number.NaN;
  let largest = 0;
  let difference = 0;
  for (const [column, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - (values[column] ?? Number.NaN)));
  }
  return difference / largest;
}

function post(message: z.infer<typeof gemmMessageSchema>): void {
  parentPort?.postMessage(message);
}
