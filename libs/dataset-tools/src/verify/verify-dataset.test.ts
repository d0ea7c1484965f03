import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blot, makeDataset } from '../../test/sprite-dataset.ts';
import { augmentDataset } from '../augment/augment-dataset.ts';
import { parseTransform } from '../augment/parse-transform.ts';
import { moved } from '../duplicates/eight-moves.ts';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { verifyDataset } from './verify-dataset.ts';

let root: string;
let sound: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-verify-'));
  sound = await makeDataset(root, 6);
  await augmentDataset(sound, { chains: [[parseTransform('flip-horizontal')]], labels: null });
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  folder = join(root, 'edited');
  await rm(folder, { recursive: true, force: true });
  await cp(sound, folder, { recursive: true });
});

/** Edits the manifest as a person would, in a text editor. */
async function edit(change: (manifest: DatasetManifest) => void): Promise<void> {
  const manifest = await readManifest(folder);
  change(manifest);
  await writeFile(join(folder, 'dataset.json'), JSON.stringify(manifest));
}

const original = (manifest: DatasetManifest) => manifest.images.find(({ derivedFrom }) => derivedFrom === null)!;
const derived = (manifest: DatasetManifest) => manifest.images.find(({ derivedFrom }) => derivedFrom !== null)!;

/** Puts a picture on the other side of the split, in a group of its own: the manifest does not contradict itself. */
function moveAcross(image: DatasetImage): void {
  image.group = image.id;
  image.split = image.split === 'train' ? 'held-out' : 'train';
}

describe('verifyDataset', () => {
  it('proves every picture of a sound dataset', async () => {
    expect(await verifyDataset(folder)).toEqual({ pictures: 12, inverted: 6, remade: 6, faults: [] });
  });

  it.each<[string, string, () => Promise<void>]>([
    [
      'image-file-missing',
      'a picture that is gone',
      async () => rm(join(folder, 'images', `${original(await readManifest(folder)).id}.png`)),
    ],
    [
      'image-pixels-changed',
      'a picture that shows something else',
      async () =>
        writeFile(join(folder, 'images', `${original(await readManifest(folder)).id}.png`), packPng(blot(99))),
    ],
    [
      'image-pixels-changed',
      'a picture that ends in the middle',
      async () => {
        const path = join(folder, 'images', `${original(await readManifest(folder)).id}.png`);
        await writeFile(path, (await readFile(path)).subarray(0, 60));
      },
    ],
    [
      'image-file-changed',
      'another hash of a file',
      () => edit((manifest) => (original(manifest).fileSha256 = '0'.repeat(64))),
    ],
    ['facts-wrong', 'a number of colours', () => edit((manifest) => (original(manifest).facts.colours = 77))],
    ['facts-wrong', 'a palette', () => edit((manifest) => original(manifest).facts.palette.reverse())],
    [
      'source-missing',
      'a source that is gone',
      async () => rm(join(folder, 'sources', original(await readManifest(folder)).source.sha256)),
    ],
    [
      'source-changed',
      'a source with other bytes',
      async () =>
        writeFile(join(folder, 'sources', original(await readManifest(folder)).source.sha256), packPng(blot(98))),
    ],
    [
      'source-gives-other-pixels',
      'a scale that is not that of the source',
      () =>
        edit((manifest) => (original(manifest).scale = { ...original(manifest).scale, method: 'declared', factor: 2 })),
    ],
    [
      'transforms-do-not-invert',
      'other transforms',
      () => edit((manifest) => (derived(manifest).transforms = [{ operation: 'rotate', quarterTurns: 1 }])),
    ],
    [
      'transforms-do-not-invert',
      'a transform that would need more memory than there is',
      () =>
        edit((manifest) => {
          const margins = { left: 4096, top: 4096, right: 4096, bottom: 4096 };
          derived(manifest).transforms = Array.from({ length: 16 }, () => ({ operation: 'crop', ...margins }));
        }),
    ],
    ['facts-wrong', 'a scale', () => edit((manifest) => (original(manifest).scale.agreement = 0.5))],
    ['facts-wrong', 'a width', () => edit((manifest) => (original(manifest).width = 17))],
    [
      'split-leak',
      'a derived picture on the other side of the split',
      () => edit((manifest) => moveAcross(derived(manifest))),
    ],
    [
      'source-missing',
      'a source of a derived picture that never was',
      () => edit((manifest) => (derived(manifest).source.sha256 = 'd'.repeat(64))),
    ],
    [
      'file-unlisted',
      'a file that nobody listed',
      () => writeFile(join(folder, 'images', 'extra.png'), packPng(blot(97))),
    ],
  ])('names %s and nothing else: %s', async (kind, _what, plant) => {
    await plant();
    const { faults } = await verifyDataset(folder);
    expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  });

  it.each<[string, (manifest: DatasetManifest) => void]>([
    [
      'straddles the split',
      (manifest) => (derived(manifest).split = derived(manifest).split === 'train' ? 'held-out' : 'train'),
    ],
    ['is derived from no image', (manifest) => (derived(manifest).derivedFrom = 'f'.repeat(64))],
    ['has this name already', (manifest) => (derived(manifest).name = original(manifest).name.toUpperCase())],
    ['is no image of the set', (manifest) => (original(manifest).group = 'e'.repeat(64))],
  ])('refuses a manifest in which a picture %s', async (message, change) => {
    await edit(change);
    await expect(verifyDataset(folder)).rejects.toMatchObject({ code: 'DATASET_MANIFEST_INVALID' });
    await expect(verifyDataset(folder)).rejects.toThrow(message);
  });

  it('finds pictures that are alike on both sides of the split, whatever the manifest calls their groups', async () => {
    const alike = await mkdtemp(join(root, 'alike-'));
    await mkdir(join(alike, 'sprites'));
    await writeFile(join(alike, 'sprites', 'turned.png'), packPng(moved(blot(0), 1)));
    folder = await makeDataset(alike, 4);
    expect((await verifyDataset(folder)).faults).toEqual([]);
    await edit(({ images }) => images.filter(({ name }) => name === 'turned').forEach(moveAcross));
    const { faults } = await verifyDataset(folder);
    expect(faults.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['split-leak turned']);
    expect(faults[0]?.message).toContain('it is a flip or turn of thing-a0');
  });

  it('tells its progress to the end, and stops when asked to', async () => {
    const told: string[] = [];
    await verifyDataset(folder, { onProgress: (done, total) => told.push(`${done}/${total}`) });
    expect(told).toEqual(Array.from({ length: 48 }, (_step, index) => `${index + 1}/48`));
    await expect(verifyDataset(folder, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });

  it('reads only: it leaves the dataset as it was', async () => {
    const before = await readdir(folder, { recursive: true });
    await verifyDataset(folder);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });
});
