// @ts-check
// Do the trainers' own loaders give the pixels that were exported, which are those of the native pictures? The datasets of
// this repository are exported in several ways and read by the dataset code of sd-scripts (kohya) and of diffusers' SDXL
// script. For every picture three things have to be equal: the bytes behind the tensor that the loader gives, the bytes of
// the exported file (decoded by libvips), and the native picture enlarged here, pixel by pixel. Controls ask the loaders for
// other sizes or for their defaults: there, the comparison has to find every picture changed.
//
//   git clone https://github.com/kohya-ss/sd-scripts, git clone https://github.com/huggingface/diffusers
//   python3 -m venv <venv> && <venv>/bin/pip install torch torchvision diffusers transformers accelerate peft datasets \
//     opencv-python-headless imagesize toml voluptuous einops safetensors
//   node apps/cli/bin/run-source.mjs bench/dataset/loaders.mjs --python <venv>/bin/python \
//     --sd-scripts <clone> --diffusers <clone> [--datasets datasets] [--out bench/record/dataset-loaders.json]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exportDataset, readTrainingSet } from '@dgx-pixels/dataset-tools';
import sharp from 'sharp';
import { describeHost, writeRecord } from '../embedded/speed-record.mjs';

/** @typedef {import('@dgx-pixels/dataset-tools').ExportedImage} ExportedImage */
/** @typedef {Omit<import('@dgx-pixels/dataset-tools').ExportRequest, 'out'>} Shape */
/** @typedef {{ file: string, caption: string, rgbSha256: string, size: number[], resizedTo?: number[], cropTopLeft: number[], flipped?: boolean }} Given */
/** @typedef {{ train: Given[], validation: Given[] }} Answer */

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    'sd-scripts': { type: 'string' },
    diffusers: { type: 'string' },
    datasets: { type: 'string', default: join(root, 'datasets') },
    out: { type: 'string', default: join(root, 'bench/record/dataset-loaders.json') },
  },
});
const { python, 'sd-scripts': sdScripts, diffusers } = options;
if (sdScripts === undefined || diffusers === undefined) throw new Error('--sd-scripts and --diffusers name the clones');
const script = join(diffusers, 'examples/text_to_image/train_text_to_image_lora_sdxl.py');
const work = mkdtempSync(join(tmpdir(), 'loaders-'));

/** @param {string} name @param {string[]} args @returns {Answer} */
function runLoader(name, args) {
  const said = execFileSync(python, [join(import.meta.dirname, 'loaders', name), ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(said);
}

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} path */
async function decode(path) {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { rgba: data, width: info.width, height: info.height };
}

/** Hash of the RGB bytes of a file; '' when it is not opaque. @param {string} path */
async function fileHash(path) {
  const { rgba } = await decode(path);
  const rgb = Buffer.alloc((rgba.length / 4) * 3);
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    if (rgba[pixel * 4 + 3] !== 255) return '';
    rgba.copy(rgb, pixel * 3, pixel * 4, pixel * 4 + 3);
  }
  return sha256(rgb);
}

/**
 * Hash of the RGB bytes that a picture has to have: for each pixel the art pixel that it belongs to, over the background.
 *
 * @param {string} dataset @param {ExportedImage} image
 */
async function expectedHash(dataset, { id, frame, factor, left, top, background }) {
  const native = await decode(join(dataset, 'images', `${id}.png`));
  const behind = Buffer.from(background.slice(1), 'hex');
  const rgb = Buffer.alloc(frame.width * frame.height * 3);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const [column, row] = [Math.floor((x - left) / factor), Math.floor((y - top) / factor)];
      const isInside = column >= 0 && row >= 0 && column < native.width && row < native.height;
      const at = (row * native.width + column) * 4;
      const alpha = isInside ? (native.rgba[at + 3] ?? 0) / 255 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const [front, back] = [isInside ? (native.rgba[at + channel] ?? 0) : 0, behind[channel] ?? 0];
        rgb[(y * frame.width + x) * 3 + channel] = Math.round(front * alpha + back * (1 - alpha));
      }
    }
  }
  return sha256(rgb);
}

/**
 * Compares what a loader gave with the export and the native pictures.
 *
 * @param {string} dataset @param {string} out @param {readonly ExportedImage[]} images @param {Given[]} given
 */
async function compare(dataset, out, images, given) {
  const byFile = new Map(given.map((picture) => [picture.file, picture]));
  const found = {
    pictures: images.length,
    missing: 0,
    notAsNative: 0,
    notAsFile: 0,
    otherCaption: 0,
    movedOrResized: 0,
  };
  for (const image of images) {
    const picture = byFile.get(image.file);
    if (picture === undefined) {
      found.missing++;
      continue;
    }
    const { rgbSha256, caption, size, resizedTo = size, cropTopLeft, flipped = false } = picture;
    if (rgbSha256 !== (await expectedHash(dataset, image))) found.notAsNative++;
    if (rgbSha256 !== (await fileHash(join(out, image.file)))) found.notAsFile++;
    if (caption !== image.caption) found.otherCaption++;
    const { width, height } = image.frame;
    const asMade = [...size, ...resizedTo].join() === [width, height, width, height].join();
    if (!asMade || flipped || cropTopLeft.some((offset) => offset !== 0)) found.movedOrResized++;
  }
  return { ...found, unknown: given.length - (images.length - found.missing) };
}

/** How many held-out pictures are trained on, and the other way round. @param {Answer} answer */
function countLeaks({ train, validation }) {
  const outside = (/** @type {Given[]} */ side, /** @type {string} */ folder) =>
    side.filter(({ file }) => !file.startsWith(`${folder}/`)).length;
  return outside(train, 'train') + outside(validation, 'validation');
}

/** @type {{ name: string, shape: Shape, read: (out: string) => Answer, isControl: boolean, isTrainOnly?: boolean }[]} */
const cases = [
  ...[1024, 512].map((side) => ({
    name: `kohya ${side}`,
    shape: shapeOf('kohya', side, '#ffffff'),
    read: (/** @type {string} */ out) => runLoader('kohya_loader.py', [sdScripts, out]),
    isControl: false,
  })),
  {
    name: 'kohya 1024, buckets by shape, contrasting background',
    shape: { ...shapeOf('kohya', 1024, 'contrast'), aspectBuckets: true },
    read: (out) => runLoader('kohya_loader.py', [sdScripts, out]),
    isControl: false,
  },
  {
    name: 'kohya 512 by JSONL',
    shape: shapeOf('kohya', 512, '#ff00ff'),
    read: (out) => runLoader('kohya_loader.py', [sdScripts, out, '--jsonl']),
    isControl: false,
    isTrainOnly: true,
  },
  {
    name: 'kohya 512, read at 448',
    shape: shapeOf('kohya', 512, '#ffffff'),
    read: (out) => runLoader('kohya_loader.py', [sdScripts, out, '--resolution', '448']),
    isControl: true,
  },
  ...[1024, 512].map((side) => ({
    name: `diffusers ${side}`,
    shape: shapeOf('imagefolder', side, '#ffffff'),
    read: (/** @type {string} */ out) => runLoader('diffusers_loader.py', [script, out, String(side)]),
    isControl: false,
  })),
  {
    name: 'diffusers 512, its defaults',
    shape: shapeOf('imagefolder', 512, 'contrast'),
    read: (out) => runLoader('diffusers_loader.py', [script, out, '512', '--defaults']),
    isControl: false,
  },
  {
    name: 'diffusers 512, read at 448 with its defaults',
    shape: shapeOf('imagefolder', 512, '#ffffff'),
    read: (out) => runLoader('diffusers_loader.py', [script, out, '448', '--defaults']),
    isControl: true,
  },
];

/** @param {Shape['format']} format @param {number} side @param {string} background @returns {Shape} */
function shapeOf(format, side, background) {
  return { format, width: side, height: side, factor: null, background };
}

/** @param {string} folder */
const commitOf = (folder) => execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();

try {
  const results = [];
  for (const dataset of readdirSync(options.datasets).toSorted()) {
    const folder = join(options.datasets, dataset);
    for (const { name, shape, read, isControl, isTrainOnly } of cases) {
      const out = join(work, 'export');
      await exportDataset(folder, { ...shape, out });
      const { index, lockSha256 } = await readTrainingSet(out);
      const answer = read(out);
      const images = index.images.filter(({ split }) => split === 'train' || isTrainOnly !== true);
      const given = [...answer.train, ...answer.validation];
      const found = await compare(folder, out, images, given);
      const leaked = countLeaks(answer);
      const { pictures, ...faults } = found;
      const unlike = Object.values(faults).reduce((sum, count) => sum + count, leaked);
      const held = isControl ? found.notAsNative === pictures : unlike === 0;
      results.push({ dataset, case: name, isControl, held, lockSha256, ...found, leaked });
      console.log(`${held ? 'holds' : 'FAILS'}: ${dataset}, ${name}: ${JSON.stringify({ ...found, leaked })}`);
      rmSync(out, { recursive: true });
    }
  }
  const modules = ['torch', 'torchvision', 'diffusers', 'datasets', 'PIL', 'cv2', 'numpy', 'transformers'];
  const program = `import importlib, json, platform; print(json.dumps({"python": platform.python_version(), **{name: importlib.import_module(name).__version__ for name in ${JSON.stringify(modules)}}}))`;
  writeRecord(options.out, {
    what: "pictures that the trainers' own loaders give otherwise than they were exported",
    measuredAt: new Date().toISOString(),
    host: describeHost(),
    sdScripts: { repository: 'kohya-ss/sd-scripts', commit: commitOf(sdScripts) },
    diffusers: {
      repository: 'huggingface/diffusers',
      commit: commitOf(diffusers),
      script: 'train_text_to_image_lora_sdxl.py',
    },
    versions: JSON.parse(
      execFileSync(python, ['-c', program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ),
    results,
  });
  if (results.some(({ held }) => !held)) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
