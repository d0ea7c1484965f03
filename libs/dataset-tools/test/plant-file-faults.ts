import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { FaultKind } from '../src/faults/fault-kinds.ts';
import { packChunk, packPng, pngSignature } from '../src/pixels/png/pack-png.ts';
import { drawSprite } from './draw-sprite.ts';
import { zipOf } from './write-zip.ts';

/** A file with one thing wrong, and the fault by which it must be named. */
export interface PlantedFault {
  /** As a report names it. */
  readonly path: string;
  readonly kind: FaultKind;
}

/** A PNG with the header and chunks that are given, and no pixels: it must be refused before they are needed. */
function png(header: { width: number; height: number; depth: number }, ...chunks: readonly Buffer[]): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(header.width, 0);
  bytes.writeUInt32BE(header.height, 4);
  bytes.set([header.depth, 6, 0, 0, 0], 8);
  return Buffer.concat([
    pngSignature,
    packChunk('IHDR', bytes),
    ...chunks,
    packChunk('IDAT', Buffer.of()),
    packChunk('IEND', Buffer.of()),
  ]);
}

/** Two frames below each other, as sharp wants an animation. */
function twoFrames(): Sharp {
  const frames = Buffer.concat([drawSprite(901).rgba, drawSprite(902).rgba]);
  return sharp(frames, { raw: { width: 16, height: 32, channels: 4, pageHeight: 16 } });
}

/** The bytes of the files whose content is wrong, by name. */
async function faultyFiles(): Promise<readonly (readonly [name: string, kind: FaultKind, bytes: Buffer])[]> {
  const good = packPng(drawSprite(900));
  const flipped = Buffer.from(good);
  flipped[flipped.length - 20] = (flipped.at(-20) ?? 0) ^ 255;
  const small = { width: 1, height: 1, depth: 8 };
  const raw = { raw: { width: 16, height: 16, channels: 4 } } as const;
  const jpeg = await sharp(drawSprite(903).rgba, raw).jpeg().toBuffer();
  const cmyk = await sharp(drawSprite(904).rgba, raw).toColourspace('cmyk').jpeg().toBuffer();
  const pickle = Buffer.from('\x80\x04\x95\x10\0\0\0\0\0\0\0\x8c\x05posix\x94.', 'latin1');
  return [
    ['empty.png', 'file-empty', Buffer.of()],
    ['cut-short.png', 'file-truncated', good.subarray(0, good.length - 20)],
    ['cut-in-signature.png', 'file-truncated', good.subarray(0, 5)],
    ['cut-short.jpg', 'file-truncated', jpeg.subarray(0, jpeg.length - 40)],
    ['bit-flipped.png', 'file-damaged', flipped],
    ['converted-as-text.png', 'file-damaged', Buffer.from(good.toString('utf8'))],
    ['zip.png', 'file-renamed', zipOf([{ name: 'a.txt', bytes: Buffer.from('a') }])],
    ['page.png', 'file-renamed', Buffer.from('<!DOCTYPE html><html><body>404</body></html>')],
    ['words.png', 'file-renamed', Buffer.from('this is not a picture\n')],
    ['pickle.png', 'file-is-pickle', pickle],
    ['weights.pkl', 'file-is-pickle', pickle],
    ['drawing.svg', 'file-is-svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['drawing.png', 'file-is-svg', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['windows.bmp', 'file-unsupported', Buffer.from('BM\x3a\0\0\0\0\0\0\0\x36\0\0\0', 'latin1')],
    ['scan.tiff', 'file-unsupported', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
    ['tool.py', 'file-not-a-picture', Buffer.from('print("hello")\n')],
    ['deep.png', 'picture-sixteen-bit', png({ ...small, depth: 16 })],
    ['print.jpg', 'picture-cmyk', cmyk],
    [
      'walk.gif',
      'picture-animated',
      await twoFrames()
        .gif({ delay: [100, 100] })
        .toBuffer(),
    ],
    [
      'walk.webp',
      'picture-animated',
      await twoFrames()
        .webp({ delay: [100, 100], lossless: true })
        .toBuffer(),
    ],
    ['walk.png', 'picture-animated', png(small, packChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])))],
    ['bomb.png', 'picture-too-large', png({ ...small, width: 10_000, height: 10_000 })],
    ['really-a.gif', 'file-ending-wrong', packPng(drawSprite(905))],
  ];
}

/** The files whose name is wrong; their content is a good picture of its own. */
const faultyNames: readonly (readonly [name: string, shown: string, kind: FaultKind])[] = [
  ['line\nbreak.png', 'line\\u000abreak.png', 'name-control-characters'],
  ['evil\u202egnp.exe.png', 'evil\\u202egnp.exe.png', 'name-changes-direction'],
  [`${'long'.repeat(60)}.png`, `${'long'.repeat(60).slice(0, 117)}…`, 'name-too-long'],
  ['aux.png', 'aux.png', 'name-reserved'],
  ['hero.PNG', 'hero.png', 'names-differ-by-case'],
];

/**
 * Writes one file for each fault that a file can have into a folder, among them `hero.PNG` and `hero.png`, of which the
 * first is taken in. `really-a.gif` is taken in too: its fault is only noted.
 *
 * @returns what must be reported; what this system or user cannot plant is not among it
 */
export async function plantFileFaults(folder: string): Promise<readonly PlantedFault[]> {
  mkdirSync(folder, { recursive: true });
  const planted: PlantedFault[] = [];
  for (const [name, kind, bytes] of await faultyFiles()) {
    writeFileSync(join(folder, name), bytes);
    planted.push({ path: name, kind });
  }
  faultyNames.forEach(([name, path, kind], index) => {
    writeFileSync(join(folder, name), packPng(drawSprite(950 + index)));
    planted.push({ path, kind });
  });
  writeFileSync(join(folder, 'hero.png'), packPng(drawSprite(960)));
  writeFileSync(join(folder, 'huge.png'), pngSignature);
  truncateSync(join(folder, 'huge.png'), 64 * 1024 * 1024 + 1);
  planted.push({ path: 'huge.png', kind: 'file-too-large' });
  symlinkSync('/etc/hostname', join(folder, 'outside.png'));
  symlinkSync('nowhere', join(folder, 'dangling.png'));
  planted.push({ path: 'outside.png', kind: 'link-not-followed' }, { path: 'dangling.png', kind: 'link-not-followed' });
  execFileSync('mkfifo', [join(folder, 'pipe.png')]);
  planted.push({ path: 'pipe.png', kind: 'file-irregular' });
  if (process.platform === 'linux') {
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/latin-`), Buffer.from([0xe9]), Buffer.from('.png')]),
      packPng(drawSprite(961)),
    );
    planted.push({ path: 'latin-\\ufffd.png', kind: 'name-not-utf8' });
  }
  if (process.getuid?.() !== 0) {
    writeFileSync(join(folder, 'locked.png'), packPng(drawSprite(962)));
    chmodSync(join(folder, 'locked.png'), 0);
    planted.push({ path: 'locked.png', kind: 'file-unreadable' });
  }
  return planted;
}

/** Writes a ZIP archive with one good picture, `good.png`, and one entry for each fault that an entry can have. */
export function plantArchiveFaults(path: string): readonly PlantedFault[] {
  const bytes = packPng(drawSprite(970));
  const entries = [
    { name: 'good.png', bytes },
    { name: '../climbs.png', bytes: packPng(drawSprite(971)), kind: 'entry-leaves-folder' },
    { name: '/root.png', bytes: packPng(drawSprite(972)), kind: 'entry-leaves-folder' },
    { name: 'secret.png', bytes: packPng(drawSprite(973)), encrypted: true, kind: 'entry-encrypted' },
    { name: 'link.png', bytes: Buffer.from('good.png'), link: true, kind: 'entry-is-link' },
    { name: 'bomb.png', bytes: Buffer.alloc(8 * 1024 * 1024), kind: 'entry-swells' },
    { name: 'liar.png', bytes: packPng(drawSprite(974)), claimedBytes: 20, kind: 'entry-swells' },
    { name: 'wide.png', bytes: Buffer.alloc(65 * 1024 * 1024), kind: 'file-too-large' },
  ] as const;
  writeFileSync(path, zipOf(entries));
  const archive = path.slice(path.lastIndexOf('/') + 1);
  return entries.flatMap((entry) => ('kind' in entry ? [{ path: `${archive}/${entry.name}`, kind: entry.kind }] : []));
}
