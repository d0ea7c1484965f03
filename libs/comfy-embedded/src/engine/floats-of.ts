import type { Tensor } from 'onnxruntime-node';
import { EngineError } from './engine-errors.ts';

/** The values of a graph's float32 output. */
export function floatsOf(outputs: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new EngineError('ENGINE_RUNTIME_FAILED', `the graph has no float32 output "${name}"`, { name });
}
