import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MadePicture, writeRasterDataset } from '../../test/raster-dataset.ts';
import { readImage } from '../pixels/read-image.ts';
import { bakeAlpha } from './bake-alpha.ts';
import { exportDataset } from './export-dataset.ts';
import { importExport } from './import-export.ts';
import { verifyExport } from './verify-export.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-import-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Pictures of any size, with any pixels: translucent ones and colours under transparent ones too. */
const anyPicture: fc.Arbitrary<MadePicture> = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      raster: fc
        .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
        .map((rgba): Raster => ({ width, height, rgba })),
      caption: fc
        .string({ unit: fc.constantFrom('a', '"', '\\', 'é', '字', '🐉', ' ', ','), maxLength: 20 })
        .map((text) => `x${text}x`),
      split: fc.constantFrom('train' as const, 'held-out' as const),
    }),
  );

const anyRequest = fc.oneof(
  fc.record({
    format: fc.constant('kohya' as const),
    width: fc.constantFrom(128, 192, 256),
    height: fc.constantFrom(128, 256),
    aspectBuckets: fc.boolean(),
  }),
  fc.constantFrom(128, 256).map((side) => ({ format: 'imagefolder' as const, width: side, height: side })),
);

describe('an export that is read back', () => {
  it('gives the pictures, captions and sides of the split of the dataset, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPicture, { minLength: 1, maxLength: 5 }),
        anyRequest,
        fc.constantFrom('#ffffff', '#ff00ff', 'contrast'),
        async (pictures, shape, background) => {
          const work = await mkdtemp(join(root, 'run-'));
          const [folder, out] = [join(work, 'dataset'), join(work, 'out')];
          const { images } = await writeRasterDataset(folder, pictures);
          const kept = images.filter(
            ({ facts }) => facts.colours > 1 || (facts.colours === 1 && facts.alpha !== 'none'),
          );
          fc.pre(kept.length > 0);
          const { faults } = await exportDataset(folder, { ...shape, out, factor: null, background });
          expect(faults.map(({ kind }) => kind)).toEqual(Array(images.length - kept.length).fill('picture-blank'));
          const back = await importExport(out);
          expect(back.faults).toEqual([]);
          expect(back.pictures.map(({ image }) => image.id)).toEqual(kept.map(({ id }) => id));
          for (const { image, native } of back.pictures) {
            const original = kept.find(({ id }) => id === image.id);
            expect([image.caption, image.split]).toEqual([original?.caption?.text, original?.split]);
            expect(native).toEqual(bakeAlpha(await readImage(folder, image.id), image.background));
            expect(image.file.split('/')[0]).toBe(image.split === 'train' ? 'train' : 'validation');
          }
          expect(await verifyExport(out, folder)).toEqual({ pictures: kept.length, faults: [] });
          await rm(work, { recursive: true });
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
