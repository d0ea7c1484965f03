import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type LoadedModel } from '../../src/engine/load-model.ts';
import { openPixelEngine } from '../../src/engine/open-engine.ts';
import type { AdapterSummary, PixelEngine } from '../../src/engine/pixel-engine.ts';
import { readModel } from '../../src/engine/read-model.ts';
import { largestDifference } from './golden.ts';
import { adapterPath, reference, referenceTensor } from './reference.ts';
import { smallRequest } from './requests.ts';

const weights = join(pixelModelDirectory(), 'pixel-sprites.safetensors');
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'adapters-'));

let engine: PixelEngine;
let adapter: AdapterSummary;

beforeAll(async () => {
  engine = await openPixelEngine();
  adapter = await engine.readAdapter(adapterPath);
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function onTheUnet(model: LoadedModel, strength: number): Promise<Float32Array> {
  const prepareUnet = await model.unet([{ ...adapter, strength }]);
  const input = (name: string) => referenceTensor(`unet.16x16.${name}`);
  const states = input('encoder_hidden_states');
  const [rows, tokens] = states.shape as [number, number];
  const epsilons = [...input('timestep').values].map(async (timestep, row) => {
    const only = ({ values }: { readonly values: Float32Array }) =>
      values.slice((values.length / rows) * row, (values.length / rows) * (row + 1));
    const call = prepareUnet({
      rows: 1,
      height: 16,
      width: 16,
      tokens,
      states: only(states),
      pooled: only(input('text_embeds')),
      timeIds: only(input('time_ids')),
    });
    call.sample.set(only(input('sample')));
    await call.run(timestep);
    return [...call.epsilon];
  });
  return Float32Array.from((await Promise.all(epsilons)).flat());
}

describe('an adapter', () => {
  it('is matched to the weights it names, under kohya’s spellings; the rest is reported', () => {
    const { unetWeights, textWeights, unmatchedKeys } = reference.adapter;
    expect(adapter).toMatchObject({ unetWeights, textWeights, misfits: [], sha256: sha256(adapterPath) });
    expect([...adapter.unmatchedKeys].sort()).toEqual(unmatchedKeys);
  });

  it('changes the UNet as weights merged by PyTorch do', async () => {
    const model = await loadModel({ model: await readModel(pixelModelDirectory()), threads: 1 }, () => undefined);
    const plain = referenceTensor('unet.16x16.eps').values;
    const adapted = referenceTensor('adapter.unet.eps').values;
    expect(largestDifference(plain, adapted)).toBeGreaterThan(0.01);
    expect(largestDifference(await onTheUnet(model, reference.adapter.unetStrength), adapted)).toBeLessThan(1e-4);
    expect(largestDifference(await onTheUnet(model, 0), plain)).toBeLessThan(1e-4);
  });

  it('changes the text encoders as weights merged by PyTorch do', async () => {
    const use = { ...adapter, strength: reference.adapter.textStrength };
    for (const [row, text] of reference.text.prompts.entries()) {
      const { states, pooled, tokens, width } = await engine.encodePrompt({ text, adapters: [use] });
      const rowOf = (name: string) => {
        const { values, shape } = referenceTensor(name);
        return values.slice((values.length / shape[0]!) * row, (values.length / shape[0]!) * (row + 1));
      };
      const [first, second] = [rowOf('adapter.text.hidden'), rowOf('adapter.text.hidden_2')];
      const joined = states.map((_, i) => {
        const [token, column] = [Math.floor(i / width), i % width];
        const firstWidth = first.length / tokens;
        return column < firstWidth
          ? first[token * firstWidth + column]!
          : second[token * (width - firstWidth) + column - firstWidth]!;
      });
      expect(largestDifference(states, joined)).toBeLessThan(1e-4);
      expect(largestDifference(pooled, rowOf('adapter.text.pooled'))).toBeLessThan(1e-4);
    }
  });

  it('never changes the shipped weights, nor later runs without it', async () => {
    const before = sha256(weights);
    const request = await smallRequest(engine);
    const plain = await engine.sample(request);
    const adapted = await engine.sample({ ...request, adapters: [{ ...adapter, strength: 1 }] });
    const twice = await engine.sample({
      ...request,
      adapters: [
        { ...adapter, strength: 0.25 },
        { ...adapter, strength: 0.75 },
      ],
    });
    expect(largestDifference(adapted.values, plain.values)).toBeGreaterThan(0.1);
    expect(largestDifference(twice.values, adapted.values)).toBeLessThan(0.01);
    expect((await engine.sample(request)).values).toEqual(plain.values);
    expect((await engine.sample({ ...request, adapters: [{ ...adapter, strength: 0 }] })).values).toEqual(plain.values);
    expect(sha256(weights)).toBe(before);
  });

  it('for another base is reported and leaves the model as it is', async () => {
    const path = join(folder, 'other-base.safetensors');
    const stem = 'lora_unet_middle_block_1_proj_in';
    const header = JSON.stringify({
      [`${stem}.lora_down.weight`]: { dtype: 'F32', shape: [1, 1280], data_offsets: [0, 5120] },
      [`${stem}.lora_up.weight`]: { dtype: 'F32', shape: [1280, 1], data_offsets: [5120, 10_240] },
    });
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(path, Buffer.concat([size, Buffer.from(header), Buffer.alloc(10_240, 1)]));
    const other = await engine.readAdapter(path);
    expect(other).toMatchObject({ unetWeights: 0, textWeights: 0, unmatchedKeys: [] });
    expect(other.misfits).toEqual([`${stem}: [1280, 1] · [1, 1280] for [128, 128]`]);
    const request = await smallRequest(engine);
    const adapted = await engine.sample({ ...request, adapters: [{ ...other, strength: 1 }] });
    expect(adapted.values).toEqual((await engine.sample(request)).values);
  });

  it('is refused by name when it is missing, no safetensors file, or not the file that was read', async () => {
    const invalid = (reason: string) =>
      expect.objectContaining({
        code: 'ENGINE_ADAPTER_INVALID',
        message: expect.stringContaining(reason) as string,
      }) as Error;
    await expect(engine.readAdapter(join(folder, 'absent.safetensors'))).rejects.toEqual(invalid('absent'));
    const path = join(folder, 'text.safetensors');
    writeFileSync(path, 'a page of HTML');
    await expect(engine.readAdapter(path)).rejects.toEqual(invalid('header'));
    const changed = { path, sha256: 'f'.repeat(64), strength: 1 };
    writeFileSync(path, readFileSync(adapterPath));
    const request = { ...(await smallRequest(engine)), adapters: [changed] };
    await expect(engine.sample(request)).rejects.toEqual(invalid('changed'));
  });
});
