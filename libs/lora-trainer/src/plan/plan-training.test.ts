import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfig, type TrainConfig } from '../config/train-config.ts';
import { readRequest } from '../run/run-folder.ts';
import { measuredRate, predictedGb10Rate } from './predict-time.ts';
import { planTraining } from './plan-training.ts';
import { prepareRun } from './prepare-run.ts';

const icons = join(import.meta.dirname, '../../../../datasets/pixel-icons');
let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-plan-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const plan = (config: TrainConfig, rate = predictedGb10Rate) =>
  planTraining(resolveConfig({ dataset: icons }, config), { runsFolder: folder, rate });

/** A safetensors file with one tensor of each shape and no values. */
async function writeHeader(shapes: Readonly<Record<string, readonly number[]>>): Promise<string> {
  const entries = Object.entries(shapes).map(([name, shape]) => [name, { dtype: 'F16', shape, data_offsets: [0, 0] }]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = join(folder, 'model.safetensors');
  await writeFile(file, Buffer.concat([length, header]));
  return file;
}
const attention = 'model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight';

describe('planTraining', () => {
  it('works the mission out: 85.1 MB, 14.7 TFLOP an update, minutes on a GB10, and says that it is a prediction', async () => {
    const base = await writeHeader({ [attention]: [640, 2048] });
    const { adapter, updateOperations, time, updates, epochs, faults } = await plan({ preset: 'mission', base });
    expect(faults).toEqual([]);
    expect((adapter?.tensorBytes ?? 0) / 1e6).toBeCloseTo(85.1, 1);
    expect((updateOperations ?? 0) / 1e12).toBeCloseTo(14.7, 0);
    expect([updates, epochs]).toEqual([3000, 75]);
    expect(time).toMatchObject({ origin: 'predicted' });
    expect(time?.highSeconds ?? Infinity).toBeLessThan(4 * 3600);
  });

  it('names all faults at once: dataset, base, rank, schedule, precision', async () => {
    const { faults } = await plan({
      dataset: join(folder, 'nowhere'),
      base: join(folder, 'nothing'),
      training: { precision: 'float16', schedule: 'cosine', steps: 10, warmupSteps: 10 },
      validation: { trainPictures: 3 },
    });
    expect(faults).toEqual([
      expect.stringContaining('nowhere'),
      expect.stringContaining('nothing is not there'),
      expect.stringContaining('warmup_steps (10) leaves no update'),
      expect.stringContaining('float16 needs a GPU'),
    ]);
  });

  it('refuses a file over 100 MB, naming the largest rank that fits', async () => {
    const base = await writeHeader({ [attention]: [640, 2048] });
    const { faults } = await plan({ preset: 'mission', base, adapter: { rank: 32 } });
    expect(faults).toEqual([expect.stringMatching(/rank 32 .* takes 170\.2 MB, and 100\.0 MB .* largest rank is 18$/)]);
  });

  it.each([
    [768, 'Stable Diffusion 1'],
    [1024, 'Stable Diffusion 2'],
    [1280, 'the SDXL refiner'],
  ])('refuses a base with text states of %i: %s', async (width, family) => {
    const base = await writeHeader({ [attention]: [640, width] });
    expect((await plan({ preset: 'mission', base })).faults).toEqual([expect.stringContaining(family)]);
  });

  it('refuses pickles and torn files without reading them', async () => {
    const pickle = join(folder, 'model.ckpt');
    await writeFile(pickle, Buffer.from([0x80, 0x02, 0x7d, 0x71, 0, 0, 0, 0, 0, 0]));
    expect((await plan({ preset: 'mission', base: pickle })).faults).toEqual([
      expect.stringContaining('pickles run code'),
    ]);
    const whole = await writeHeader({ [attention]: [640, 2048] });
    await writeFile(whole, Buffer.from([255, 0, 0, 0, 0, 0, 0, 0, 123]));
    expect((await plan({ preset: 'mission', base: whole })).faults).toEqual([
      expect.stringContaining('no safetensors'),
    ]);
  });

  it('refuses a set with a picture that has no licence', async () => {
    const copy = join(folder, 'icons');
    await cp(icons, copy, { recursive: true });
    const manifest = JSON.parse(await readFile(join(copy, 'dataset.json'), 'utf8')) as {
      images: { licence: { spdx: string | null } }[];
    };
    manifest.images[3]!.licence.spdx = 'CC-BY-NC-4.0';
    await writeFile(join(copy, 'dataset.json'), JSON.stringify(manifest));
    expect((await plan({ dataset: copy })).faults).toEqual([expect.stringContaining('may not be trained on')]);
  });

  it('explains values that often end badly, and uses them', async () => {
    const { warnings, faults } = await plan({
      training: { noiseOffset: 0.5, clipNorm: 100 },
      checkpoint: { every: 5000 },
    });
    expect(faults).toEqual([]);
    expect(warnings.join('\n')).toMatch(/noise_offset[^]*clip_norm[^]*checkpoint\.every/);
  });

  it('counts epochs and repeats into updates', async () => {
    expect(await plan({ epochs: 10, repeats: 3, training: { batchSize: 8 } })).toMatchObject({ updates: 150 });
  });

  it('takes its time from what was measured', async () => {
    const { time } = await plan({}, measuredRate(50e9, 'a run'));
    expect(time).toMatchObject({ origin: 'measured', basis: 'a run' });
    expect(time?.lowSeconds ?? 0).toBeLessThan(time?.highSeconds ?? 0);
  });
});

describe('prepareRun', () => {
  it('exports the set into the run and writes a request with its hashes, licence and authors', async () => {
    const run = await prepareRun(await plan({ training: { steps: 50 } }), folder);
    const { request } = await readRequest(run);
    expect(request.dataset.train).toHaveLength(40);
    expect(request.dataset.validation).toHaveLength(10);
    expect(request.metadata['modelspec.license']).toBe('CC-BY-4.0');
    expect(request.metadata['modelspec.author']).toContain('HackerNoon');
    expect(request.training.steps).toBe(50);
  });

  it('leaves nothing of a run that cannot be made', async () => {
    const runs = join(folder, 'runs');
    await mkdir(runs);
    const bad = await plan({ dataset: join(folder, 'nowhere') });
    await expect(prepareRun(bad, runs)).rejects.toMatchObject({ code: 'TRAIN_PLAN_INVALID' });
    expect(await readdir(runs)).toEqual([]);
  });
});
