import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataset } from '../../test/sprite-dataset.ts';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { diffDatasets } from './diff-datasets.ts';

let root: string;
let before: DatasetManifest;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-diff-'));
  before = await readManifest(await makeDataset(root, 5));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const nothing = { fields: [], added: [], removed: [], changed: [], renamed: [] };
const otherId = 'a'.repeat(64);

/** The dataset with one picture edited. */
function withImage(place: number, change: Partial<DatasetImage>): DatasetManifest {
  return { ...before, images: before.images.map((image, at) => (at === place ? { ...image, ...change } : image)) };
}

function nameAt(place: number): string {
  return before.images[place]?.name ?? '';
}

describe('diffDatasets', () => {
  it('finds nothing between a dataset and itself, read again or in another order', () => {
    expect(diffDatasets(before, structuredClone(before))).toEqual(nothing);
    expect(diffDatasets(before, { ...before, images: before.images.toReversed() })).toEqual(nothing);
  });

  it('names pictures that came and went, and the other way round', () => {
    const after = { ...before, images: before.images.slice(1) };
    expect(diffDatasets(before, after)).toEqual({ ...nothing, removed: [nameAt(0)] });
    expect(diffDatasets(after, before)).toEqual({ ...nothing, added: [nameAt(0)] });
  });

  it('knows a picture under another name by its pixels, and says what else differs', () => {
    const renamed = { from: nameAt(1), to: 'other', parts: [] };
    expect(diffDatasets(before, withImage(1, { name: 'other' }))).toEqual({ ...nothing, renamed: [renamed] });
    expect(diffDatasets(before, withImage(1, { name: 'other', labels: ['x'] }))).toEqual({
      ...nothing,
      renamed: [{ ...renamed, parts: ['labels'] }],
    });
  });

  it.each<[string[], Partial<DatasetImage>]>([
    [['pixels'], { id: otherId, group: otherId, fileSha256: otherId }],
    [['pixels', 'group'], { id: otherId, group: 'b'.repeat(64) }],
    [['caption'], { caption: null }],
    [['licence'], { licence: { spdx: 'MIT', author: null, url: null, notice: null } }],
    [['labels', 'derivedFrom'], { labels: [], derivedFrom: otherId }],
    [['transforms'], { transforms: [{ operation: 'flip-horizontal' }] }],
  ])('names %j of a changed picture', (parts, change) => {
    const others = withImage(2, { labels: ['first'] });
    const after = { ...others, images: others.images.map((image, at) => (at === 2 ? { ...image, ...change } : image)) };
    expect(diffDatasets(others, after)).toEqual({ ...nothing, changed: [{ name: nameAt(2), parts }] });
  });

  it('names fields of the manifest', () => {
    expect(diffDatasets(before, { ...before, trigger: 'other', palette: ['#000000'], heldOut: 5 })).toEqual({
      ...nothing,
      fields: ['trigger', 'palette', 'heldOut'],
    });
  });
});
