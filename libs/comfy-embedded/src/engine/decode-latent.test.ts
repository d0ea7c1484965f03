import { describe, expect, it } from 'vitest';
import { decodeLatent, type DecodeRows } from './decode-latent.ts';

/** Paints each 8 × 8 block with the first three channels of its cell. */
function toyDecoder(runs: number[]): DecodeRows {
  return (values, rows, height, width) => {
    runs.push(rows);
    const [cells, pixels] = [height * width, 64 * height * width];
    const image = Float32Array.from({ length: rows * 3 * pixels }, (_, i) => {
      const [row, channel, pixel] = [Math.floor(i / (3 * pixels)), Math.floor(i / pixels) % 3, i % pixels];
      const [y, x] = [Math.floor(pixel / (8 * width)), pixel % (8 * width)];
      return values[(row * 4 + channel) * cells + Math.floor(y / 8) * width + Math.floor(x / 8)]!;
    });
    return Promise.resolve(image);
  };
}

describe('decodeLatent', () => {
  it('maps [−1, 1] to [0, 1], clamps, and puts channels last', async () => {
    const latent = { values: Float32Array.of(-1, 0, 0.5, 3, 1, -5, 9, 9), batch: 1, height: 1, width: 2 };
    const images = await decodeLatent(toyDecoder([]), latent, () => undefined);
    expect(images).toMatchObject({ batch: 1, height: 8, width: 16 });
    expect([...images.values.subarray(0, 3)]).toEqual([0, 0.75, 1]);
    expect([...images.values.subarray(8 * 3, 8 * 3 + 3)]).toEqual([0.5, 1, 0]);
  });

  it('decodes large batches in parts, each after a look at whether to go on', async () => {
    const runs: number[] = [];
    let looks = 0;
    const [batch, height, width] = [5, 32, 32];
    const values = Float32Array.from({ length: batch * 4 * height * width }, (_, i) => Math.sin(i));
    const images = await decodeLatent(toyDecoder(runs), { values, batch, height, width }, () => looks++);
    expect(runs).toEqual([4, 1]);
    expect(looks).toBe(2);
    const last = images.values.subarray(4 * 256 * 256 * 3);
    expect(last[0]).toBeCloseTo((values[4 * 4 * height * width]! + 1) / 2, 5);
  });
});
