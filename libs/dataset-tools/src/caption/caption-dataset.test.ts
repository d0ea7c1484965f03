import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataset } from '../../test/sprite-dataset.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { captionDataset, type CaptionOptions } from './caption-dataset.ts';
import type { Captioner } from './captioner.ts';
import { createWordCaptioner } from './word-captioner.ts';

let root: string;
let folder: string;
let asked: number;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-caption-'));
  folder = await makeDataset(root, 8);
  await forget();
  asked = 0;
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Leaves a dataset that was never captioned. */
async function forget(): Promise<void> {
  const manifest = await readManifest(folder);
  for (const { id } of manifest.images) await rm(join(folder, 'images', `${id}.txt`), { force: true });
  await rm(join(folder, 'captions.jsonl'), { force: true });
  await writeManifest(folder, { ...manifest, images: manifest.images.map((image) => ({ ...image, caption: null })) });
}

const words = createWordCaptioner();
const counting: Captioner = { ...words, caption: (input) => (asked++, words.caption(input)) };
const caption = (options: Partial<CaptionOptions> = {}) => captionDataset(folder, { captioner: counting, ...options });
const sidecar = (id: string) => join(folder, 'images', `${id}.txt`);

describe('captionDataset', () => {
  it('computes each caption once, and writes manifest and files from one index', async () => {
    expect(await caption()).toMatchObject({ pictures: 8, computed: 8, kept: 0 });
    const { images } = await readManifest(folder);
    for (const image of images)
      expect(await readFile(sidecar(image.id), 'utf8')).toBe(`${image.caption?.text ?? ''}\n`);
    expect(await caption()).toMatchObject({ computed: 0, kept: 8 });
    expect(await caption({ mode: 'overwrite' })).toMatchObject({ computed: 0, cached: 8 });
    expect(asked).toBe(8);
    expect(await caption({ mode: 'overwrite', trigger: 'otherstyle' })).toMatchObject({ computed: 8 });
  });

  it.each(['overwrite', 'append', 'skip'] as const)(
    'keeps what a person wrote, in the file or in the manifest, with mode %s',
    async (mode) => {
      await caption();
      const [first, second] = (await readManifest(folder)).images;
      await writeFile(sidecar(first!.id), 'blotstyle, a very fine blot\n');
      const manifest = await readManifest(folder);
      await writeManifest(folder, {
        ...manifest,
        images: manifest.images.map((image) =>
          image.id === second!.id ? { ...image, caption: { ...image.caption!, text: 'blotstyle, by hand' } } : image,
        ),
      });
      expect(await caption({ mode })).toMatchObject({ edited: 2, computed: 0 });
      const after = new Map((await readManifest(folder)).images.map(({ id, caption: text }) => [id, text]));
      expect(after.get(first!.id)).toMatchObject({ text: 'blotstyle, a very fine blot', source: 'edited' });
      expect(after.get(second!.id)).toMatchObject({ text: 'blotstyle, by hand', source: 'edited' });
      expect(await readFile(sidecar(second!.id), 'utf8')).toBe('blotstyle, by hand\n');
      expect(await caption({ mode: 'overwrite', force: true })).toMatchObject({ edited: 0, cached: 8 });
    },
  );

  it('goes on after a kill: nothing is computed twice, an edit made meanwhile is kept', async () => {
    const program = join(import.meta.dirname, '../../test/caption-until-killed.ts');
    const child = spawn(process.execPath, [...process.execArgv, program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'close');
    for await (const chunk of child.stdout.setEncoding('utf8')) if (String(chunk).includes('3')) break;
    child.kill('SIGKILL');
    await gone;
    const done = (await readFile(join(folder, 'captions.jsonl'), 'utf8')).trimEnd().split('\n').length;
    expect(done).toBeGreaterThanOrEqual(3);
    const { images } = await readManifest(folder);
    await writeFile(sidecar(images[7]!.id), 'mine\n');
    const report = await caption();
    expect(report).toMatchObject({ edited: 1, cached: done, computed: 7 - done });
    expect((await readManifest(folder)).images[7]?.caption).toMatchObject({ text: 'mine', source: 'edited' });
  });

  it.each([
    ['caption-not-utf8', Buffer.from([0x61, 0xff, 0x62])],
    ['caption-empty', Buffer.from(' \n\n')],
    ['caption-has-controls', Buffer.from('a\u202Eb')],
  ])('names %s and writes a caption of its own into the manifest only when asked', async (kind, bytes) => {
    await caption();
    const [first] = (await readManifest(folder)).images;
    await writeFile(sidecar(first!.id), bytes);
    const { faults } = await caption();
    expect(faults.map((fault) => [fault.kind, fault.path])).toEqual([[kind, first!.name]]);
  });

  it('takes whatever a captioner says as one line of text', async () => {
    const hostile: Captioner = {
      id: 'hostile 1',
      parameters: {},
      caption: () => Promise.resolve('a\n\u001b[2J\u202Eb\t<script>'),
    };
    await caption({ captioner: hostile });
    expect((await readManifest(folder)).images[0]?.caption?.text).toBe('a [2J b <script>');
  });
});

describe('the word captioner', () => {
  const facts = {
    colours: 3,
    palette: ['#101010', '#cd282d', '#f5f5f5'],
    alpha: 'binary' as const,
    opaquePixels: 9,
    orphanPixels: 0,
  };
  const say = (name: string, options = {}, trigger: string | null = 'mystyle') =>
    createWordCaptioner(options).caption({
      image: { name, width: 16, height: 16, labels: ['weapons'], facts },
      pixels: () => Promise.reject(new Error('not needed')),
      trigger,
    });

  it.each<[string, object, string | null, string]>([
    ['items/bigMushroom_12', {}, 'mystyle', 'mystyle, a red and white big mushroom'],
    ['items/eagle', { nameColours: false }, 'mystyle', 'mystyle, an eagle'],
    ['glasses', { nameColours: false, nameBackground: true }, null, 'pixel art, glasses on a transparent background'],
    ['weapons/0001', { nameColours: false }, 'mystyle', 'mystyle, weapons'],
    ['sok', { nameColours: false, subjects: { sok: 'sock' } }, 'mystyle', 'mystyle, a sock'],
  ])('says of %s with %j: %s', async (name, options, trigger, expected) => {
    expect(await say(name, options, trigger)).toBe(expected);
  });
});
