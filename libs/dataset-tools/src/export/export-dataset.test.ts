import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree } from '../../test/read-tree.ts';
import { makeDataset } from '../../test/sprite-dataset.ts';
import type { DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { exportDataset } from './export-dataset.ts';
import type { ExportRequest } from './export-request.ts';

let root: string;
let folder: string;
let out: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-export-'));
  [folder, out] = [join(root, 'dataset'), join(root, 'out')];
});
afterEach(() => rm(root, { recursive: true, force: true }));

const request = (more: Partial<ExportRequest> = {}): ExportRequest => ({
  ...{ format: 'kohya', out, width: 256, height: 256, factor: null, background: '#ffffff' },
  ...more,
});

async function edit(change: (manifest: DatasetManifest) => void): Promise<void> {
  const manifest = await readManifest(folder);
  change(manifest);
  await writeManifest(folder, manifest);
}

describe('exportDataset', () => {
  it('gives the same bytes again', async () => {
    await makeDataset(root, 12);
    const first = await exportDataset(folder, request());
    const bytes = readTree(out);
    expect(await exportDataset(folder, request())).toEqual(first);
    expect(readTree(out)).toEqual(bytes);
    const elsewhere = await exportDataset(folder, request({ out: join(root, 'other/deep') }));
    expect([elsewhere.lockSha256, readTree(elsewhere.out)]).toEqual([first.lockSha256, bytes]);
  });

  it('leaves pictures out that have refusals, are damaged or do not fit, and names each', async () => {
    await makeDataset(root, 12);
    const ids: string[] = [];
    await edit(({ images }) => {
      ids.push(...images.slice(2, 4).map(({ id }) => id));
      images[0]!.caption = null;
      images[1]!.licence = { ...images[1]!.licence, spdx: 'GPL-3.0-only' };
      images[4]!.caption!.text = 'two\nlines';
    });
    await writeFile(join(folder, 'images', `${ids[0]!}.png`), 'no picture');
    await rm(join(folder, 'images', `${ids[1]!}.png`));
    const report = await exportDataset(folder, request());
    const { images } = await readManifest(folder);
    expect(report.faults.map(({ kind, path }) => [kind, path]).sort()).toEqual(
      [
        ['caption-missing', images[0]!.name],
        ['licence-not-allowed', images[1]!.name],
        ['image-pixels-changed', images[2]!.name],
        ['image-file-missing', images[3]!.name],
        ['caption-has-controls', images[4]!.name],
      ].sort(),
    );
    expect(report.train + report.heldOut).toBe(7);
    const credits = await readFile(join(out, 'CREDITS.md'), 'utf8');
    expect(images.map(({ name }) => credits.includes(`${name},`) || credits.includes(`${name}\n`))).toEqual(
      images.map((_, index) => index > 4),
    );
    await expect(exportDataset(folder, request({ width: 64, height: 64 }))).rejects.toThrow('no picture of');
  });

  it('swaps pictures for others under the same name: refused, since the id is the hash of the pixels', async () => {
    await makeDataset(root, 3);
    const { images } = await readManifest(folder);
    const [one, other] = images.map(({ id }) => join(folder, 'images', `${id}.png`));
    await rename(one!, join(root, 'aside'));
    await rename(other!, one!);
    await rename(join(root, 'aside'), other!);
    const { faults } = await exportDataset(folder, request());
    expect(faults.map(({ kind }) => kind)).toEqual(['image-pixels-changed', 'image-pixels-changed']);
  });

  it.each([
    [{ width: 100 }, 'a side of 100 is no multiple of 64 from 64 to 2048'],
    [{ height: 4096 }, 'a side of 4096 is no multiple'],
    [{ factor: 12 }, 'a factor of 12 is no multiple of 8'],
    [{ background: 'white' }, '"white" is neither #rrggbb nor contrast'],
    [{ format: 'imagefolder' as const, width: 128 }, '128×256: scripts that read an imagefolder cut to a square'],
    [{ format: 'imagefolder' as const, aspectBuckets: true }, 'know no buckets'],
  ])('refuses %j', async (more, message) => {
    await makeDataset(root, 2);
    await expect(exportDataset(folder, request(more))).rejects.toThrow(message);
    expect((await readdir(root)).sort()).toEqual(['dataset', 'sprites']);
  });

  it('makes nothing of a dataset without captions, of none, and of an aborted export', async () => {
    await makeDataset(root, 2);
    await edit(({ images }) => images.forEach((image) => (image.caption = null)));
    await expect(exportDataset(folder, request())).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
    await expect(exportDataset(join(root, 'none'), request())).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    await rm(folder, { recursive: true });
    await makeDataset(root, 4);
    const stop = new AbortController();
    const stopped = exportDataset(folder, request(), {
      signal: stop.signal,
      onProgress: (done) => done === 2 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
    expect((await readdir(root)).sort()).toEqual(['dataset', 'sprites']);
  });

  it('says which folder cannot be written', async () => {
    await makeDataset(root, 2);
    await writeFile(join(root, 'file'), '');
    const blocked = exportDataset(folder, request({ out: join(root, 'file/out') }));
    await expect(blocked).rejects.toMatchObject({ code: 'DATASET_UNWRITABLE' });
    const inside = exportDataset(folder, request({ out: join(folder, 'export') }));
    await expect(inside).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
  });

  it('replaces an export with what trainers cached in it, and nothing that is not its own', async () => {
    await makeDataset(root, 3);
    await exportDataset(folder, request());
    const bytes = readTree(out);
    await writeFile(join(out, 'train/a_0256x0256_sdxl.npz'), 'latents');
    await exportDataset(folder, request());
    expect(readTree(out)).toEqual(bytes);
    await writeFile(join(out, 'adapter.safetensors'), 'hours of work');
    await expect(exportDataset(folder, request())).rejects.toThrow('adapter.safetensors');
    const foreign = join(root, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'diary.txt'), 'kept');
    await symlink(foreign, join(root, 'link'));
    for (const path of [foreign, join(root, 'link'), join(foreign, 'diary.txt')]) {
      await expect(exportDataset(folder, request({ out: path }))).rejects.toMatchObject({
        code: 'DATASET_REQUEST_INVALID',
      });
    }
    expect([await readdir(foreign), await readFile(join(foreign, 'diary.txt'), 'utf8')]).toEqual([
      ['diary.txt'],
      'kept',
    ]);
  });
});
