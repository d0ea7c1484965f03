import { expect, it } from 'vitest';
import { repeatLatent } from './repeat-latent.ts';

it('repeats the whole batch', () => {
  const latent = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), batch: 2, height: 1, width: 1 };
  const repeated = repeatLatent(latent, 2);
  expect(repeated).toMatchObject({ batch: 4, height: 1, width: 1 });
  expect([...repeated.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8]);
});
