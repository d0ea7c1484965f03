import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawSprite } from '../../test/draw-sprite.ts';
import { readTree } from '../../test/read-tree.ts';
import { DatasetError } from '../errors.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { decodePng } from '../pixels/decode-png.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { ingestSources } from './ingest-sources.ts';
import { withDatasetLock } from './keep/with-dataset-lock.ts';

let folder: string;
let into: string;
let sprites: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingest-'));
  [into, sprites] = [join(folder, 'dataset'), join(folder, 'sprites')];
  mkdirSync(join(sprites, 'monsters', 'undead'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function draw(path: string, seed: number): void {
  writeFileSync(join(sprites, path), packPng(drawSprite(seed)));
}

function drawMany(count: number): void {
  for (let seed = 0; seed < count; seed++) draw(`monsters/sprite${String(seed).padStart(3, '0')}.png`, seed);
}

const fromFolder = () => ({ into, sources: [{ kind: 'folder' as const, path: sprites }] });

async function codeOf(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof DatasetError ? error.code : `no DatasetError: ${String(error)}`;
}

describe('ingestSources', () => {
  it('copies pictures and sources under their hashes and says what they are', async () => {
    draw('monsters/undead/BoneDragon_walk_03.png', 7);
    const report = await ingestSources(fromFolder());
    const [image] = (await readManifest(into)).images;

    expect(report).toEqual({ images: 1, added: 1, kept: 0, faults: [], companions: [] });
    expect(image).toMatchObject({
      id: canonicalPixelsSha256(drawSprite(7)),
      name: 'monsters/undead/BoneDragon_walk_03',
      labels: ['monsters', 'undead', 'bone', 'dragon', 'walk', 'frame 3'],
      source: { origin: 'sprites', path: 'monsters/undead/BoneDragon_walk_03.png', cell: null },
    });
    const stored = await decodePng(readFileSync(join(into, 'images', `${image?.id ?? ''}.png`)));
    expect(canonicalPixelsSha256(stored)).toBe(image?.id);
    const copy = readFileSync(join(into, 'sources', image?.source.sha256 ?? ''));
    expect(copy).toEqual(readFileSync(join(sprites, 'monsters/undead/BoneDragon_walk_03.png')));
    expect(readdirSync(into).sort()).toEqual(['dataset.json', 'images', 'sources']);
  });

  it('leaves the sources as they were', async () => {
    drawMany(5);
    const before = readTree(sprites);
    await ingestSources(fromFolder());
    expect(readTree(sprites)).toEqual(before);
  });

  it('changes nothing when nothing is new', async () => {
    drawMany(5);
    await ingestSources(fromFolder());
    const before = readTree(into);
    const writtenAt = statSync(join(into, 'dataset.json')).mtimeMs;
    const report = await ingestSources(fromFolder());

    expect(report).toMatchObject({ images: 5, added: 0, kept: 5, faults: [] });
    expect(readTree(into)).toEqual(before);
    expect(statSync(join(into, 'dataset.json')).mtimeMs).toBe(writtenAt);
  });

  it('adds what is new and keeps captions and labels that are there', async () => {
    drawMany(2);
    await ingestSources(fromFolder());
    const manifest = await readManifest(into);
    const caption = { text: 'a friend', source: 'edited', captioner: null, autoSha256: null } as const;
    await writeManifest(into, {
      ...manifest,
      images: manifest.images.map((image) => ({ ...image, caption, labels: ['mine'] })),
    });
    draw('new.png', 50);
    const report = await ingestSources(fromFolder());
    const after = await readManifest(into);

    expect(report).toMatchObject({ images: 3, added: 1, kept: 2 });
    expect(after.images.map(({ labels }) => labels)).toEqual([['mine'], ['mine'], ['new']]);
    expect(after.images.map((image) => image.caption?.text)).toEqual(['a friend', 'a friend', undefined]);
  });

  it('is the same with threads as without, and keeps ten pictures from training', async () => {
    drawMany(250);
    await ingestSources(fromFolder(), { threads: 0 });
    const alone = readTree(into);
    rmSync(into, { recursive: true });
    const progress: (readonly [number, number])[] = [];
    await ingestSources(fromFolder(), { threads: 2, onProgress: (done, total) => progress.push([done, total]) });

    expect(readTree(into)).toEqual(alone);
    expect((await readManifest(into)).images.filter(({ split }) => split === 'held-out')).toHaveLength(10);
    expect(progress).toEqual(Array.from({ length: 250 }, (_none, index) => [index + 1, 250]));
  });

  it('keeps the first of equal pictures and names the other', async () => {
    draw('a.png', 1);
    writeFileSync(
      join(sprites, 'b.webp'),
      await sharp(drawSprite(1).rgba, { raw: { width: 16, height: 16, channels: 4 } })
        .webp({ lossless: true, exact: true })
        .toBuffer(),
    );
    const report = await ingestSources(fromFolder());
    expect(report.faults).toEqual([
      { kind: 'duplicate-exact', path: 'b.webp', message: 'it has the same pixels as a' },
    ]);
    expect(report.images).toBe(1);
  });

  it('keeps the picture of a file that has changed and says so', async () => {
    draw('a.png', 1);
    await ingestSources(fromFolder());
    draw('a.png', 2);
    const report = await ingestSources(fromFolder());

    expect(report.faults.map(({ kind, path }) => [kind, path])).toEqual([['file-changed', 'a.png']]);
    expect((await readManifest(into)).images.map(({ id }) => id)).toEqual([canonicalPixelsSha256(drawSprite(1))]);
    expect(readdirSync(join(into, 'images'))).toHaveLength(1);
    expect(readdirSync(join(into, 'sources'))).toHaveLength(1);
  });

  it('refuses a picture in one colour', async () => {
    draw('a.png', 1);
    writeFileSync(join(sprites, 'b.png'), packPng({ width: 8, height: 8, rgba: new Uint8Array(8 * 8 * 4).fill(255) }));
    const report = await ingestSources(fromFolder());
    expect(report.faults.map(({ kind, path }) => [kind, path])).toEqual([['picture-blank', 'b.png']]);
    expect(readdirSync(join(into, 'images'))).toHaveLength(1);
  });

  it('gives pictures of equal names different ones', async () => {
    draw('a b.png', 1);
    draw('a-b.png', 2);
    await ingestSources(fromFolder());
    expect((await readManifest(into)).images.map(({ name }) => name)).toEqual(['a-b', 'a-b-2']);
  });

  it('undoes a declared scale exactly and refuses one that does not fit', async () => {
    const native = drawSprite(3);
    const large = await sharp(packPng(native)).resize(64, 64, { kernel: 'nearest' }).png().toBuffer();
    writeFileSync(join(sprites, 'large.png'), large);
    await ingestSources({ ...fromFolder(), scale: 4 });
    const [image] = (await readManifest(into)).images;
    expect(image).toMatchObject({
      id: canonicalPixelsSha256(native),
      width: 16,
      scale: { factor: 4, method: 'declared', agreement: 1 },
    });
    const odd = await ingestSources({ ...fromFolder(), into: join(folder, 'third'), scale: 5 });
    expect(odd.faults.map(({ kind }) => kind)).toEqual(['scale-does-not-divide']);
  });

  it('takes the licence of the licences file before the default, and a later one before none', async () => {
    draw('a.png', 1);
    draw('monsters/b.png', 2);
    await ingestSources(fromFolder());
    expect((await readManifest(into)).images.map(({ licence }) => licence.spdx)).toEqual([null, null]);
    const licencesFile = join(folder, 'licences.csv');
    writeFileSync(licencesFile, 'path,spdx,author,url\nmonsters/**,CC-BY-4.0,"Ann, B.",https://example.org/art\n');
    const licence = { spdx: 'CC0-1.0', author: null, url: null, notice: null };
    await ingestSources({ ...fromFolder(), licence, licencesFile });
    expect((await readManifest(into)).images.map((image) => image.licence)).toEqual([
      licence,
      { spdx: 'CC-BY-4.0', author: 'Ann, B.', url: 'https://example.org/art', notice: null },
    ]);
  });

  it('names the files that may hold captions with their pictures', async () => {
    draw('a.png', 1);
    writeFileSync(join(sprites, 'a.txt'), 'a red thing');
    writeFileSync(join(sprites, 'metadata.jsonl'), '');
    writeFileSync(join(sprites, 'LICENSE'), 'CC0');
    writeFileSync(join(sprites, 'unrelated.txt'), '');
    const report = await ingestSources(fromFolder());
    expect(report.faults).toEqual([]);
    expect(report.companions).toEqual([
      { imageName: 'a', path: 'a.txt', bytes: Buffer.from('a red thing') },
      { imageName: null, path: 'metadata.jsonl', bytes: Buffer.of() },
    ]);
  });

  it('does not take in a dataset that lies in its own source', async () => {
    draw('a.png', 1);
    const inside = { ...fromFolder(), into: join(sprites, 'dataset') };
    await ingestSources(inside);
    expect(await ingestSources(inside)).toMatchObject({ images: 1, kept: 1, faults: [] });
  });
});

describe('an ingest that cannot be done', () => {
  it('is busy while another command changes the dataset', async () => {
    draw('a.png', 1);
    const code = await withDatasetLock(into, () => codeOf(ingestSources(fromFolder())));
    expect(code).toBe('DATASET_BUSY');
    expect(await ingestSources(fromFolder())).toMatchObject({ added: 1 });
  });

  it('is refused when the dataset cannot be written', async () => {
    draw('a.png', 1);
    mkdirSync(into);
    writeFileSync(join(into, 'images'), 'a file where a folder must be');
    expect(await codeOf(ingestSources(fromFolder()))).toBe('DATASET_UNWRITABLE');
    expect(readdirSync(into)).toEqual(['images']);
  });

  it('is refused when a manifest was torn', async () => {
    mkdirSync(into);
    writeFileSync(join(into, 'dataset.json'), '{"schema":');
    expect(await codeOf(ingestSources(fromFolder()))).toBe('DATASET_MANIFEST_INVALID');
  });

  it('is refused for sources and options that are wrong', async () => {
    const none = { into, sources: [{ kind: 'folder' as const, path: join(folder, 'none') }] };
    expect(await codeOf(ingestSources(none))).toBe('DATASET_REQUEST_INVALID');
    expect(await codeOf(ingestSources({ ...fromFolder(), scale: 0.5 }))).toBe('DATASET_REQUEST_INVALID');
    expect(await codeOf(ingestSources({ ...fromFolder(), licencesFile: join(folder, 'none.csv') }))).toBe(
      'DATASET_REQUEST_INVALID',
    );
  });

  it('writes no manifest when nothing could be taken in', async () => {
    writeFileSync(join(sprites, 'empty.png'), '');
    const report = await ingestSources(fromFolder());
    expect(report).toMatchObject({ images: 0, added: 0, faults: [{ kind: 'file-empty', path: 'empty.png' }] });
    expect(readdirSync(into)).toEqual([]);
  });
});
