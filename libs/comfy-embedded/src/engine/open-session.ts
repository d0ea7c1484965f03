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

/** Opens a graph; its external data lies in the same folder. */
export async function openSession(path: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, sessionOptions(threads));
  } catch (error) {
    throw new EngineError('ENGINE_RUNTIME_FAILED', `ONNX Runtime refused ${path}`, { path }, error);
  }
}
