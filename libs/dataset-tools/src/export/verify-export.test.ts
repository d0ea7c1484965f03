import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataset } from '../../test/sprite-dataset.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { decodePng } from '../pixels/decode-png.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { exportDataset } from './export-dataset.ts';
import { datasetLockSchema, type ExportIndex, exportIndexSchema } from './export-index.ts';
import { importExport } from './import-export.ts';
import { readTrainingSet } from './read-training-set.ts';
import { verifyExport } from './verify-export.ts';

let root: string;
let folder: string;
let out: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-verify-'));
  folder = await makeDataset(root, 6);
  out = join(root, 'out');
  await exportDataset(folder, { format: 'kohya', out, width: 256, height: 256, factor: 8, background: '#ffffff' });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(out, name), 'utf8'));
const readIndex = async (): Promise<ExportIndex> => exportIndexSchema.parse(await readJson('export.json'));

/** Changes files and has index and lock agree with them, as a forger would. */
async function forge(change: (index: ExportIndex) => Promise<readonly string[]> | readonly string[]): Promise<void> {
  const index = await readIndex();
  const changed = await change(index);
  await writeFile(join(out, 'export.json'), JSON.stringify(index));
  const lock = datasetLockSchema.parse(await readJson('dataset.lock.json'));
  for (const path of [...changed, 'export.json']) {
    const sha256 = sha256Hex(await readFile(join(out, path)));
    lock.files.find((file) => file.path === path)!.sha256 = sha256;
    const image = index.images.find(({ file }) => file === path);
    if (image !== undefined) image.sha256 = sha256;
  }
  await writeFile(join(out, 'export.json'), JSON.stringify(index));
  lock.files.find((file) => file.path === 'export.json')!.sha256 = sha256Hex(JSON.stringify(index));
  await writeFile(join(out, 'dataset.lock.json'), JSON.stringify(lock));
}

const found = async () =>
  (await verifyExport(out, folder)).faults.map(({ kind, path, message }) => [kind, path, message]);

describe('files that are not those of the lock', () => {
  it('are all named: changed, missing, and come later', async () => {
    const { images } = await readIndex();
    const [first, second] = images.map(({ file }) => file);
    await writeFile(join(out, first!.replace('.png', '.txt')), 'another caption\n');
    await rm(join(out, second!));
    await writeFile(join(out, 'train/stray.png'), await readFile(join(out, first!)));
    const expected = [
      ['export-file-changed', second!, 'it is missing'],
      ['export-file-changed', first!.replace('.png', '.txt'), 'it was changed'],
      ['export-file-unlisted', 'train/stray.png', 'it is not in the lock'],
    ];
    expect((await found()).sort()).toEqual(expected.sort());
    expect((await verifyExport(out, folder)).pictures).toBe(5);
    expect((await importExport(out)).pictures).toHaveLength(5);
    const refused = readTrainingSet(out);
    for (const [, path, message] of expected) await expect(refused).rejects.toThrow(`${path!}: ${message!}`);
  });

  it('make no export when index or lock are missing or torn', async () => {
    await expect(readTrainingSet(folder)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    await writeFile(join(out, 'export.json'), '{"schema": "dgx-pixels/dataset-export/v1", "ima');
    await expect(verifyExport(out, folder)).rejects.toMatchObject({ code: 'DATASET_MANIFEST_INVALID' });
    await rm(join(out, 'dataset.lock.json'));
    await expect(verifyExport(out, folder)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });
});

describe('a forged export, whose index and lock agree with its files', () => {
  it('is found out by one pixel inside a square', async () => {
    await forge(async ({ images }) => {
      const { file, left, top } = images[0]!;
      const picture = await decodePng(await readFile(join(out, file)));
      const rgba = Uint8Array.from(picture.rgba);
      rgba[((top + 3) * picture.width + left + 3) * 4] = 77;
      await writeFile(join(out, file), packPng({ ...picture, rgba }));
      return [file];
    });
    const [file] = (await readIndex()).images.map((image) => image.file);
    const message = 'its art pixels are not whole squares at the recorded place';
    expect(await found()).toEqual([['export-file-changed', file, message]]);
  });

  it('is found out by a whole art pixel of another colour', async () => {
    await forge(async ({ images }) => {
      const { file, left, top } = images[0]!;
      const picture = await decodePng(await readFile(join(out, file)));
      const rgba = Uint8Array.from(picture.rgba);
      for (let y = top; y < top + 8; y++)
        for (let x = left; x < left + 8; x++) rgba[(y * picture.width + x) * 4 + 1] = 99;
      await writeFile(join(out, file), packPng({ ...picture, rgba }));
      return [file];
    });
    const [file] = (await readIndex()).images.map((image) => image.file);
    expect(await found()).toEqual([['export-file-changed', file, 'it is not the picture that export.json names']]);
  });

  it('is found out by a caption, a licence, a picture that is none, and an id that the dataset has not', async () => {
    const { images } = await readIndex();
    const [one, two, three, four] = images.map(({ file }) => file) as [string, string, string, string];
    const caption = one.replace('.png', '.txt');
    await forge(async (index) => {
      await writeFile(join(out, caption), 'something else\n');
      index.images[1]!.licence = { ...index.images[1]!.licence, author: 'Bob' };
      await writeFile(join(out, three), 'no picture');
      index.images[3]!.id = '0'.repeat(64);
      return [caption, three];
    });
    const faults = await found();
    expect(faults.map(([, path, message]) => `${path!}: ${message!}`).sort()).toEqual(
      [
        `${caption}: it does not say what export.json says`,
        `${two}: export.json and dataset.json differ about it`,
        `${three}: its art pixels are not whole squares at the recorded place`,
        `${four}: ${folder} has no picture 000000000000`,
      ].sort(),
    );
  });
});

describe('a dataset that was changed after the export', () => {
  it('is noted; pixels are proven all the same', async () => {
    const manifest = await readManifest(folder);
    manifest.images[0]!.caption!.text = 'blotstyle, better words';
    await writeManifest(folder, manifest);
    const { pictures, faults } = await verifyExport(out, folder);
    expect([pictures, faults.map(({ kind }) => kind)]).toEqual([6, ['export-outdated']]);
  });

  it('proves nothing with pictures that are not its own any more', async () => {
    const { images } = await readManifest(folder);
    const [one, two] = images.map(({ id }) => join(folder, 'images', `${id}.png`));
    await writeFile(one!, await readFile(two!));
    const { pictures, faults } = await verifyExport(out, folder);
    expect([pictures, faults.map(({ kind }) => kind)]).toEqual([5, ['image-pixels-changed']]);
  });
});
