import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MadePicture, writeRasterDataset } from '../../test/raster-dataset.ts';
import { readTree } from '../../test/read-tree.ts';
import { blot, makeDataset } from '../../test/sprite-dataset.ts';
import { exportDataset } from './export-dataset.ts';
import type { ExportRequest } from './export-request.ts';
import { readTrainingSet } from './read-training-set.ts';

let root: string;
let folder: string;
let out: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-export-'));
  [folder, out] = [join(root, 'dataset'), join(root, 'out')];
});
afterEach(() => rm(root, { recursive: true, force: true }));

const request = (more: Partial<ExportRequest> = {}): ExportRequest => ({
  ...{ format: 'kohya', out, width: 256, height: 256, factor: null, background: '#ffffff' },
  ...more,
});

describe('the files beside the pictures', () => {
  it('writes what sd-scripts read: captions, JSONL, and a configuration that resizes and changes nothing', async () => {
    await makeDataset(root, 12);
    expect(await exportDataset(folder, request())).toMatchObject({ train: 8, heldOut: 4, faults: [] });
    const { index } = await readTrainingSet(out);
    for (const { file, caption } of index.images) {
      expect(file).toMatch(/^(train|validation)\/[a-z0-9-]+-[0-9a-f]{12}\.png$/);
      expect(await readFile(join(out, file.replace('.png', '.txt')), 'utf8')).toBe(`${caption}\n`);
    }
    const lines = (await readFile(join(out, 'train.jsonl'), 'utf8')).trimEnd().split('\n');
    const [first] = index.images.filter(({ split }) => split === 'train');
    const { file, caption } = first!;
    expect([lines.length, JSON.parse(lines[0]!)]).toEqual([8, { image_path: file, caption, image_size: [256, 256] }]);
    expect(parseToml(await readFile(join(out, 'dataset.toml'), 'utf8'))).toEqual({
      general: {
        ...{ resolution: [256, 256], enable_bucket: false, resize_interpolation: 'nearest', caption_extension: '.txt' },
        ...{ shuffle_caption: false, flip_aug: false, color_aug: false, random_crop: false },
      },
      datasets: [
        { batch_size: 1, subsets: [{ image_dir: 'train', num_repeats: 1, keep_tokens: 1 }] },
        { batch_size: 1, validation_split: 1, subsets: [{ image_dir: 'validation', num_repeats: 1, keep_tokens: 1 }] },
      ],
    });
    expect(await readFile(join(out, 'dataset.toml'), 'utf8')).toContain('validation_split = 1.0');
    expect(await readFile(join(out, 'CREDITS.md'), 'utf8')).toContain('Ann');
  });

  it('writes what datasets reads as an imagefolder', async () => {
    await makeDataset(root, 12);
    await exportDataset(folder, request({ format: 'imagefolder' }));
    const { index, lock } = await readTrainingSet(out);
    for (const [side, split] of [
      ['train', 'train'],
      ['validation', 'held-out'],
    ]) {
      const lines = (await readFile(join(out, side!, 'metadata.jsonl'), 'utf8')).trimEnd().split('\n');
      const expected = index.images
        .filter((image) => image.split === split)
        .map(({ file, caption }) => ({ file_name: file.slice(side!.length + 1), text: caption }));
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
    }
    expect(lock.licences).toEqual([{ spdx: 'CC0-1.0', pictures: 12 }]);
    const written = Object.keys(readTree(out)).filter((path) => path !== 'dataset.lock.json');
    expect(lock.files.map(({ path }) => path)).toEqual(written.sort());
  });

  it('gives wide and tall pictures buckets of their shape', async () => {
    const sizes = [
      [16, 16],
      [32, 16],
      [12, 16],
    ] as const;
    const pictures = sizes.map(([width, height], seed): MadePicture => {
      const rgba = blot(seed, 32).rgba.slice(0, width * height * 4);
      rgba.set([255, 0, 0, 255], 0);
      rgba.set([0, 0, 255, 255], 4);
      return { raster: { width, height, rgba }, caption: `${width}x${height}`, split: 'train' };
    });
    await writeRasterDataset(folder, pictures);
    await exportDataset(folder, request({ aspectBuckets: true, width: 512, height: 512 }));
    const { index } = await readTrainingSet(out);
    const frames = Object.fromEntries(
      index.images.map(({ caption, frame, factor }) => [caption, { ...frame, factor }]),
    );
    expect(frames).toEqual({
      '16x16': { width: 512, height: 512, factor: 32 },
      '32x16': { width: 704, height: 320, factor: 16 },
      '12x16': { width: 448, height: 576, factor: 32 },
    });
    const toml = await readFile(join(out, 'dataset.toml'), 'utf8');
    expect(parseToml(toml)['general']).toMatchObject({
      ...{ enable_bucket: true, bucket_no_upscale: false, bucket_reso_steps: 64 },
      ...{ min_bucket_reso: 256, max_bucket_reso: 1024 },
    });
  });
});
