import { join } from 'node:path';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { expect, it } from 'vitest';
import { loadModel } from '../../src/engine/load-model.ts';
import { openPixelEngine } from '../../src/engine/open-engine.ts';
import { readModel } from '../../src/engine/read-model.ts';
import { largestDifference } from './golden.ts';
import { openTensors } from './reference.ts';

const folder = join(import.meta.dirname, '../fixtures/trained-adapter');
const tensor = openTensors(join(folder, 'reference.safetensors'));

it('an adapter of libs/lora-trainer changes the UNet as the trainer itself computes it, within 1e-4', async () => {
  const engine = await openPixelEngine();
  const adapter = await engine.readAdapter(join(folder, 'adapter.safetensors')).finally(() => engine.close());
  expect(adapter).toMatchObject({ unetWeights: 84, textWeights: 0, unmatchedKeys: [], misfits: [] });

  const model = await loadModel({ model: await readModel(pixelModelDirectory()), threads: 1 }, () => undefined);
  const { shape } = tensor('sample');
  const [rows = 0, , height = 0, width = 0] = shape;
  const [, tokens = 0] = tensor('encoder_hidden_states').shape;
  const predict = async (strength: number): Promise<Float32Array> => {
    const prepareUnet = await model.unet([{ ...adapter, strength }]);
    const epsilons: number[] = [];
    for (const [row, timestep] of tensor('timestep').values.entries()) {
      const only = (name: string): Float32Array => {
        const { values } = tensor(name);
        return values.slice((values.length / rows) * row, (values.length / rows) * (row + 1));
      };
      const call = prepareUnet({
        ...{ rows: 1, height, width, tokens },
        ...{ states: only('encoder_hidden_states'), pooled: only('text_embeds'), timeIds: only('time_ids') },
      });
      call.sample.set(only('sample'));
      await call.run(timestep);
      epsilons.push(...call.epsilon);
    }
    return Float32Array.from(epsilons);
  };
  const [plain, adapted] = [tensor('base_eps').values, tensor('eps').values];
  expect(largestDifference(plain, adapted)).toBeGreaterThan(0.01);
  expect(largestDifference(await predict(1), adapted)).toBeLessThan(1e-4);
  expect(largestDifference(await predict(0), plain)).toBeLessThan(1e-4);
});
