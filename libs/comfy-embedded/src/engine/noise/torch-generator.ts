import { mersenneTwister } from './mersenne-twister.ts';

/** A source of normal values that repeats PyTorch's CPU generator. */
export interface TorchGenerator {
  /** `torch.randn(count)` in float32; successive calls continue the stream. */
  randn: (count: number) => Float32Array;
}

const blockSize = 16;
const halfBlock = 8;
const f32 = Math.fround;
const twoPi = f32(2 * Math.PI);

/**
 * `torch.Generator('cpu').manual_seed(seed)` followed by `torch.randn` (ATen's `normal_fill` for 16 values and more,
 * `normal_distribution<double>` below). Agrees within the error of single-precision sine and logarithm, about 1e-6.
 *
 * @param seed 0 … 2^64 − 1
 */
export function torchGenerator(seed: bigint): TorchGenerator {
  const random = mersenneTwister(seed);
  let cached: number | null = null;

  const uniformFloat = (): number => (random() & 0xffffff) / 2 ** 24;
  const uniformDouble = (): number => {
    const high = random() & 0x1fffff;
    return (high * 2 ** 32 + random()) / 2 ** 53;
  };

  /** One pair of normal values per two draws; the second waits for the next call, also across tensors. */
  function nextScalar(): number {
    if (cached !== null) {
      const value = cached;
      cached = null;
      return value;
    }
    const angle = 2 * Math.PI * uniformDouble();
    const radius = Math.sqrt(-2 * Math.log1p(-uniformDouble()));
    cached = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  return {
    randn(count) {
      const values = new Float32Array(count);
      if (count < blockSize) return values.map(nextScalar);
      for (let i = 0; i < count; i++) values[i] = uniformFloat();
      for (let start = 0; start + blockSize <= count; start += blockSize) boxMuller(values, start);
      if (count % blockSize !== 0) {
        // The last block overlaps its predecessor and is drawn anew as a whole.
        for (let i = count - blockSize; i < count; i++) values[i] = uniformFloat();
        boxMuller(values, count - blockSize);
      }
      return values;
    },
  };
}

/** Turns 16 uniform values into normal ones: the first eight give the radius, the other eight the angle. */
function boxMuller(values: Float32Array, start: number): void {
  for (let i = start; i < start + halfBlock; i++) {
    const radius = f32(Math.sqrt(-2 * f32(Math.log(1 - (values[i] ?? 0)))));
    const angle = f32(twoPi * (values[i + halfBlock] ?? 0));
    values[i] = radius * f32(Math.cos(angle));
    values[i + halfBlock] = radius * f32(Math.sin(angle));
  }
}
