import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { describePixelArt, type Raster } from '@dgx-pixels/pixel-art';
import type { DatasetImage, DatasetManifest } from '../src/manifest/dataset-manifest.ts';
import { writeManifest } from '../src/manifest/write-manifest.ts';
import { canonicalPixels, canonicalPixelsSha256 } from '../src/pixels/canonical-pixels.ts';
import { packPng } from '../src/pixels/png/pack-png.ts';

/** One picture of a dataset that a test makes. */
export interface MadePicture {
  readonly raster: Raster;
  readonly caption: string;
  readonly split: DatasetImage['split'];
}

/** Writes a dataset of exactly these pictures, equal ones once; nothing is judged or found out. */
export async function writeRasterDataset(folder: string, pictures: readonly MadePicture[]): Promise<DatasetManifest> {
  mkdirSync(join(folder, 'images'), { recursive: true });
  const images = new Map<string, DatasetImage>();
  for (const { raster, caption, split } of pictures) {
    const id = canonicalPixelsSha256(raster);
    const png = packPng(canonicalPixels(raster));
    writeFileSync(join(folder, 'images', `${id}.png`), png);
    const { palette, ...facts } = describePixelArt(raster);
    const name = `things/picture ${id.slice(0, 12)}`;
    images.set(id, {
      ...{ id, name, width: raster.width, height: raster.height, fileSha256: sha256Hex(png), split },
      source: { path: `${name}.png`, origin: 'made', sha256: sha256Hex(png), cell: null },
      scale: { factor: 1, offsetX: 0, offsetY: 0, method: 'native', confidence: 1, agreement: 1 },
      licence: { spdx: 'CC0-1.0', author: 'Ann', url: 'https://example.org/art', notice: null },
      labels: [],
      facts: { ...facts, palette: [...palette] },
      group: id,
      caption: { text: caption, source: 'edited', captioner: null, autoSha256: null },
      derivedFrom: null,
      transforms: [],
    });
  }
  const manifest: DatasetManifest = {
    schema: 'dgx-pixels/dataset/v1',
    ...{ name: 'made', title: 'Made', description: '', trigger: null, palette: null, heldOut: 5 },
    images: [...images.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
  await writeManifest(folder, manifest);
  return manifest;
}
