import { describe, expect, it } from 'vitest';
import { largestDifference } from '../../../test/engine/golden.ts';
import { goldenLatentResizes } from '../../../test/images/golden.ts';
import { latentResizeMethods, resizeLatent } from './resize-latent.ts';

const cases = goldenLatentResizes.flatMap((row) =>
  latentResizeMethods.map((method) => ({
    ...row,
    method,
    name: `${method} ${row.width}×${row.height} → ${row.toWidth}×${row.toHeight} ${row.crop}`,
  })),
);

describe('resizeLatent', () => {
  it.each(cases)('equals ComfyUI: $name', async ({ input, outputs, method, crop, ...row }) => {
    const latent = { values: Float32Array.from(input), batch: row.batch, height: row.height, width: row.width };
    const resized = await resizeLatent(latent, { width: row.toWidth, height: row.toHeight }, method, crop);
    expect(resized).toMatchObject({ batch: row.batch, height: row.toHeight, width: row.toWidth });
    // Values up to 3; bislerp divides by sines of small angles in single precision there, in double here.
    expect(largestDifference(resized.values, outputs[method])).toBeLessThan(method === 'bislerp' ? 1e-4 : 4e-6);
  });
});
