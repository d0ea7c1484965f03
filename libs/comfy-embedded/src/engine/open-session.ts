import { readFile } from 'node:fs/promises';
import { InferenceSession } from 'onnxruntime-node';
import { EngineError } from './engine-errors.ts';

/**
 * How graphs run on the CPU: a fixed number of threads and one node after the other, so that a run repeats to the bit on
 * one machine.
 */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    interOpNumThreads: 1,
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
  };
}

/** Float32 values that stand in for a graph's external data. */
interface WeightBuffer {
  /** What the graph calls its external data. */
  readonly location: string;
  readonly weights: Float32Array;
}

/** Opens a graph over weights in memory. */
export async function openSessionOver(
  path: string,
  { location, weights }: WeightBuffer,
  threads: number,
): Promise<InferenceSession> {
  const data = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  try {
    const options = { ...sessionOptions(threads), externalData: [{ path: location, data }] };
    return await InferenceSession.create(await readFile(path), options);
  } catch (error) {
    throw new EngineError('ENGINE_RUNTIME_FAILED', `ONNX Runtime refused ${path} with adapters`, { path }, error);
  }
}

/** Opens a graph; its external data lies in the same folder. */
export async function openSession(path: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, sessionOptions(threads));
  } catch (error) {
    throw new EngineError('ENGINE_RUNTIME_FAILED', `ONNX Runtime refused ${path}`, { path }, error);
  }
}
