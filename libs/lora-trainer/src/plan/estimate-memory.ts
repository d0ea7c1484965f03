import type { TrainRequest } from '../protocol/train-request.ts';
import type { BaseModel } from '../base/inspect-base.ts';
import { unetLayers } from './unet-shape.ts';

/** Memory that a run takes at its peak, in bytes; an estimate, not a bound. */
export interface MemoryEstimate {
  readonly weights: number;
  /** Adapter with its gradients and the two moments of AdamW, float32. */
  readonly adapter: number;
  /** What the backward pass needs of the forward one. */
  readonly activations: number;
  readonly total: number;
}

const bytesOf: Readonly<Record<TrainRequest['training']['precision'], number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
};
/** Python, torch and its kernels. */
const processBytes = 1.2e9;
/** Norms, activations and masks beside the inputs of layers. */
const beside = 2;
/** Gradient checkpointing keeps the inputs of blocks, and one block at a time. */
const keptWithCheckpointing = 0.15;

/** Estimates memory from the inputs of all layers, which the backward pass reads again. */
export function estimateMemory(
  base: Pick<BaseModel, 'shape' | 'parameters'>,
  adapterParameters: number,
  training: Omit<TrainRequest['training'], 'threads'>,
  pixels: number,
): MemoryEstimate {
  const bytes = bytesOf[training.precision];
  const cells = pixels / 64;
  const inputs = unetLayers(base.shape).reduce((sum, layer) => {
    const tokens = cells / 4 ** layer.level;
    return sum + tokens * (layer.kind === 'attention' ? 4 * layer.width : layer.from);
  }, 0);
  const kept = training.gradientCheckpointing ? keptWithCheckpointing : 1;
  const weights = base.parameters * bytes;
  const adapter = adapterParameters * 16;
  const activations = inputs * bytes * beside * kept * training.batchSize;
  return { weights, adapter, activations, total: processBytes + weights + adapter + activations };
}
