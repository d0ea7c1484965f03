import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import { arrangeDataset, captionDataset, createWordCaptioner, ingestSources } from '../src/index.ts';
import { packPng } from '../src/pixels/png/pack-png.ts';

/** A sprite that no other seed gives: a blot of one colour with an outline on a transparent background. */
export function blot(seed: number, side = 16): Raster {
  let state = Math.imul(seed + 1, 2_654_435_761);
  const random = (): number => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9;
    return (state >>> 8) / 2 ** 24;
  };
  const colour = [
    40 + Math.floor(random() * 200),
    40 + Math.floor(random() * 200),
    40 + Math.floor(random() * 200),
    255,
  ];
  const radii = Array.from({ length: 8 }, () => side * (0.2 + random() * 0.28));
  const rgba = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [x, y] = [(pixel % side) - side / 2 + 0.5, Math.floor(pixel / side) - side / 2 + 0.5];
    const radius = radii[Math.floor(((Math.atan2(y, x) + Math.PI) / (2 * Math.PI)) * 7.999)] ?? 0;
    const distance = Math.hypot(x, y);
    if (distance < radius) rgba.set(distance > radius - 1.2 ? [20, 20, 30, 255] : colour, pixel * 4);
  }
  return { width: side, height: side, rgba };
}

/** Writes sprites into a folder as PNG files `thing-<number>.png`. */
export function writeSprites(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let seed = 0; seed < count; seed++)
    writeFileSync(join(folder, `thing-${'abcdefghij'[seed % 10] ?? ''}${seed}.png`), packPng(blot(seed)));
}

/** A dataset of so many sprites under CC0, arranged and captioned. */
export async function makeDataset(folder: string, count: number): Promise<string> {
  const [sprites, into] = [join(folder, 'sprites'), join(folder, 'dataset')];
  writeSprites(sprites, count);
  const licence = { spdx: 'CC0-1.0', author: 'Ann', url: 'https://example.org/art', notice: null };
  await ingestSources({
    into,
    sources: [{ kind: 'folder', path: sprites }],
    licence,
    dataset: { trigger: 'blotstyle' },
  });
  await arrangeDataset(into);
  await captionDataset(into, { captioner: createWordCaptioner() });
  return into;
}
