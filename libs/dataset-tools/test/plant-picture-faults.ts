import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import { moved } from '../src/duplicates/eight-moves.ts';
import { packPng } from '../src/pixels/png/pack-png.ts';
import type { PlantedFault } from './plant-file-faults.ts';
import { blot } from './sprite-dataset.ts';

type Painter = (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha: number];

function paint(side: number, painter: Painter): Raster {
  const rgba = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++)
    rgba.set(painter(pixel % side, Math.floor(pixel / side)), pixel * 4);
  return { width: side, height: side, rgba };
}

function changed(raster: Raster, pixels: number): Raster {
  const rgba = Uint8Array.from(raster.rgba);
  const middle = (raster.width / 2) * (raster.height + 1);
  for (let pixel = 0; pixel < pixels; pixel++) rgba.set([250, 250, 10, 255], (middle + pixel) * 4);
  return { ...raster, rgba };
}

function recoloured(raster: Raster): Raster {
  const rgba = Uint8Array.from(raster.rgba);
  for (let at = 0; at < rgba.length; at += 4)
    if (rgba[at + 3] !== 0) rgba.set([255 - (rgba[at] ?? 0), rgba[at + 2] ?? 0, rgba[at + 1] ?? 0], at);
  return { ...raster, rgba };
}

/** Pictures that decode and yet are not what a training set wants: pixels, duplicates. */
const pictures: Readonly<Record<string, readonly [Raster, ...PlantedFault['kind'][]]>> = {
  'plain.png': [paint(16, () => [90, 90, 90, 255]), 'picture-blank'],
  'nothing.png': [paint(16, () => [0, 0, 0, 0]), 'picture-blank'],
  'photo.png': [
    paint(
      128,
      (x, y) =>
        [128 + 120 * Math.sin(x / 13), 128 + 120 * Math.cos(y / 17), (x * y) % 251, 255].map(Math.round) as never,
    ),
    'picture-without-grid',
  ],
  'glow.png': [paint(16, (x, y) => [200, 60, 60, Math.hypot(x - 7.5, y - 7.5) < 4 ? 255 : 90]), 'alpha-partial'],
  'shaded.png': [paint(16, (x, y) => [40 + Math.floor(x / 2) * 20, 30 + y * 12, 80, 255]), 'colours-many'],
  'speckled.png': [
    paint(16, (x, y) =>
      (x * 7 + y * 3) % 5 === 0 ? [10 + x * 15, 250 - y * 15, (x * 31 + y * 57) % 256, 255] : [60, 60, 70, 255],
    ),
    'pixels-lonely',
  ],
  'zz-turned.png': [moved(blot(0), 1), 'duplicate-turned'],
  'zz-nearly.png': [changed(blot(1), 4), 'duplicate-near'],
  'zz-swapped.png': [recoloured(blot(2)), 'duplicate-recoloured'],
};

const captions: Readonly<Record<string, readonly [Buffer, PlantedFault['kind']]>> = {
  'thing-a0.txt': [Buffer.from([0x61, 0xff, 0xfe]), 'caption-not-utf8'],
  'thing-b1.txt': [Buffer.from(' \n'), 'caption-empty'],
  'thing-c2.txt': [Buffer.from('one line\nand another\n'), 'caption-many-lines'],
  'thing-d3.txt': [Buffer.from('turned \u202E around'), 'caption-has-controls'],
};

/** Licences by file: CSV as `--licences` reads it, and what is wrong with each. */
const licences: Readonly<
  Record<string, readonly [spdx: string, author: string, url: string, kind: PlantedFault['kind']]>
> = {
  'thing-e4': ['CC-BY-SA-4.0', 'Ann', 'https://example.org', 'licence-not-allowed'],
  'thing-f5': ['CC-BY-4.0', '', '', 'attribution-missing'],
  'thing-g6': ['MIT', 'Ann', 'https://example.org', 'notice-missing'],
  'thing-h7': ['do what you like', 'Ann', 'https://example.org', 'licence-unreadable'],
};

/**
 * Adds to a folder of the sprites `thing-a0.png`, `thing-b1.png`, … one picture for each thing that can be wrong with
 * pixels, captions and licences. `licencesFile` is for `--licences`.
 */
export function plantPictureFaults(folder: string, licencesFile: string): readonly PlantedFault[] {
  mkdirSync(folder, { recursive: true });
  const planted: PlantedFault[] = [];
  for (const [path, [raster, ...kinds]] of Object.entries(pictures)) {
    writeFileSync(join(folder, path), packPng(raster));
    planted.push(
      ...kinds.map((kind) => ({ path: kind.startsWith('picture-') ? path : path.replace('.png', ''), kind })),
    );
  }
  for (const [path, [bytes, kind]] of Object.entries(captions)) {
    writeFileSync(join(folder, path), bytes);
    planted.push({ path, kind });
  }
  writeFileSync(join(folder, 'metadata.jsonl'), '{"file_name": "absent.png", "text": "nobody"}\n');
  planted.push({ path: 'metadata.jsonl:1', kind: 'caption-file-unknown' });
  const rows = Object.entries(licences).map(([name, [spdx, author, url]]) => `${name}.png,${spdx},${author},${url}`);
  writeFileSync(licencesFile, ['path,spdx,author,url', ...rows].join('\n'));
  planted.push(...Object.entries(licences).map(([path, [, , , kind]]) => ({ path, kind })));
  return planted;
}
