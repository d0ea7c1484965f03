import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomRaster, rasterOf } from '../../test/random-raster.ts';
import { makeDataset } from '../../test/sprite-dataset.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import type { Transform } from '../manifest/transform.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { augmentDataset } from './augment-dataset.ts';
import { derivePicture, undoTransforms } from './derive-picture.ts';
import { parseTransform } from './parse-transform.ts';

const shift = fc.integer({ min: -6, max: 6 });
const margin = fc.nat(3);
const colour = fc.constantFrom('#f02020', '#30c020', '#1080f0', '#101010', '#e8e8e8', '#123456');
const transform: fc.Arbitrary<Transform> = fc.oneof(
  fc.constantFrom<Transform>({ operation: 'flip-horizontal' }, { operation: 'flip-vertical' }),
  fc.constantFrom<1 | 2 | 3>(1, 2, 3).map((quarterTurns): Transform => ({ operation: 'rotate', quarterTurns })),
  fc.record({ operation: fc.constant('shift' as const), x: shift, y: shift }),
  fc.record({ operation: fc.constant('wrap-shift' as const), x: shift, y: shift }),
  fc.record({ operation: fc.constant('pad' as const), left: margin, top: margin, right: margin, bottom: margin }),
  fc.record({ operation: fc.constant('crop' as const), left: margin, top: margin, right: margin, bottom: margin }),
  fc
    .constantFrom('#f02020', '#30c020', '#123456')
    .chain((colour) =>
      fc.constantFrom<Transform>({ operation: 'fill-background', colour }, { operation: 'clear-background', colour }),
    ),
  fc.tuple(fc.uniqueArray(colour, { minLength: 1 }), fc.uniqueArray(colour, { minLength: 6 })).map(([from, to]) => ({
    operation: 'swap-palette' as const,
    colours: from.map((old, index): [string, string] => [old, to[index] ?? old]),
  })),
);

function opaque(raster: Raster): Raster {
  return { ...raster, rgba: raster.rgba.map((byte, at) => (at % 4 === 3 ? 255 : byte)) };
}

describe('a chain of transforms', () => {
  it('is undone bit for bit wherever nothing objects', () => {
    fc.assert(
      fc.property(
        fc.oneof(randomRaster(), randomRaster().map(opaque)),
        fc.array(transform, { minLength: 1, maxLength: 4 }),
        (raster, chain) => {
          const derived = derivePicture(raster, 'a', chain);
          if ('objection' in derived) return;
          expect(undoTransforms(derived.raster, chain)).toEqual(raster);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['flip-horizontal'],
    ['flip-vertical'],
    ['rotate=90'],
    ['rotate=180'],
    ['rotate=270'],
    ['shift=-1,1'],
    ['wrap-shift=2,-1'],
    ['pad=1,2,3,4'],
    ['crop=1,0,0,0'],
    ['fill-background=#abcdef'],
    ['fill-background=#abcdef+clear-background=#1080f0'],
    ['swap-palette=#f02020:#30c020,#30c020:#f02020'],
  ])('%s gives another picture, and it back', (text) => {
    const raster = rasterOf(3, 3, [0, 1, 2, 0, 3, 2, 0, 0, 0]);
    const chain = text.split('+').map(parseTransform);
    const derived = derivePicture(raster, null, chain);
    if ('objection' in derived) throw new Error(derived.objection);
    expect(canonicalPixelsSha256(derived.raster)).not.toBe(canonicalPixelsSha256(raster));
    expect(undoTransforms(derived.raster, chain)).toEqual(raster);
  });

  it('objects where pixels would be lost', () => {
    const dot = rasterOf(3, 3, [0, 0, 0, 0, 1, 0, 0, 0, 2]);
    expect(derivePicture(dot, null, [parseTransform('shift=1,0')])).toEqual({
      objection: 'shift: visible pixels would leave the picture',
    });
    expect(derivePicture(dot, null, [parseTransform('shift=-1,0')])).toHaveProperty('raster');
    expect(derivePicture(dot, null, [parseTransform('shift=3,0')])).toHaveProperty('objection');
    expect(derivePicture(dot, null, [parseTransform('crop=1')])).toEqual({
      objection: 'crop: visible pixels would be cut off',
    });
    expect(derivePicture(dot, null, [parseTransform('crop=2')])).toEqual({ objection: 'crop: nothing would be left' });
    expect(derivePicture(dot, null, [parseTransform('crop=1,1,0,0')])).toHaveProperty('raster');
    expect(derivePicture(dot, null, [parseTransform('pad=2047')])).toHaveProperty('objection');
    expect(derivePicture(dot, null, [parseTransform('fill-background=#30c020')])).toHaveProperty('objection');
    expect(derivePicture(dot, null, [parseTransform('clear-background=#30c020')])).toHaveProperty('objection');
    expect(derivePicture(dot, null, [parseTransform('swap-palette=#f02020:#30c020')])).toEqual({
      objection: 'swap-palette: it has #30c020 already: two colours would become one',
    });
    expect(derivePicture(dot, null, [parseTransform('swap-palette=#f02020:#000000')])).toHaveProperty('raster');
    const unchanged = 'swap-palette=#101010:#f02020,#30c020:#e8e8e8';
    expect(derivePicture(dot, null, [parseTransform(unchanged)])).toHaveProperty('objection');
  });
});

describe('augmentDataset', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'dgx-pixels-augment-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('keeps derived pictures beside their originals: group, side, licence; the same again adds nothing', async () => {
    const folder = await makeDataset(root, 9);
    const request = { chains: [[parseTransform('flip-horizontal')], [parseTransform('rotate=180')]], labels: null };
    expect(await augmentDataset(folder, request)).toMatchObject({ added: 18, known: 0, objections: [] });
    expect(await augmentDataset(folder, request)).toMatchObject({ added: 0, known: 18 });
    const { images } = await readManifest(folder);
    const byId = new Map(images.map((image) => [image.id, image]));
    for (const image of images.filter(({ derivedFrom }) => derivedFrom !== null)) {
      const parent = byId.get(image.derivedFrom ?? '');
      expect(image).toMatchObject({ group: parent?.group, split: parent?.split, licence: parent?.licence });
      expect(image.caption?.source).toBe('augmented');
    }
    expect(await augmentDataset(folder, { ...request, labels: ['nowhere'] })).toMatchObject({ added: 0, known: 0 });
  });

  it('leaves alone what an operation would harm or would take out of the palette, and what cannot be read', async () => {
    const folder = await makeDataset(root, 4);
    const manifest = await readManifest(folder);
    const palette = [...new Set(manifest.images.flatMap(({ facts }) => facts.palette))];
    await writeManifest(folder, { ...manifest, palette });
    const [first, second] = manifest.images;
    await rm(join(folder, 'images', `${second?.id ?? ''}.png`));
    const chains = [
      `swap-palette=${first?.facts.palette[0] ?? ''}:#123456`,
      'shift=9,0',
      'fill-background=#abcdef',
    ].map((text) => [parseTransform(text)]);
    const { added, objections } = await augmentDataset(folder, { chains, labels: null });
    expect(added).toBe(3);
    const reasons = new Set(objections.filter(({ name }) => name === first?.name).map(({ reason }) => reason));
    expect(reasons).toEqual(
      new Set(['#123456 is not in the declared palette', 'shift: visible pixels would leave the picture']),
    );
    expect(objections.filter(({ name }) => name === second?.name)).toEqual([
      { name: second?.name, reason: 'its file cannot be read' },
    ]);
  });

  it('refuses lists that a manifest cannot hold', async () => {
    const chain = Array.from({ length: 17 }, () => parseTransform('flip-horizontal'));
    await expect(augmentDataset(root, { chains: [chain], labels: null })).rejects.toMatchObject({
      code: 'DATASET_REQUEST_INVALID',
    });
  });
});
