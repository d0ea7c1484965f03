import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeRasterDataset } from '../../test/raster-dataset.ts';
import { readTree } from '../../test/read-tree.ts';
import { blot } from '../../test/sprite-dataset.ts';
import { exportDataset } from './export-dataset.ts';
import { readTrainingSet } from './read-training-set.ts';
import { replaceFolder } from './replace-folder.ts';

let root: string;
let folder: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dgx-pixels-replace-'));
  [folder, out] = [join(root, 'dataset'), join(root, 'out')];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const writeSet = (from: number, count: number) =>
  writeRasterDataset(
    folder,
    Array.from({ length: count }, (_, seed) => ({
      raster: blot(from + seed),
      caption: `blot ${seed}`,
      split: 'train',
    })),
  );
const exportAgain = () =>
  exportDataset(folder, { format: 'kohya', out, width: 1024, height: 1024, factor: null, background: '#ffffff' });

describe('an export that is killed', () => {
  const loader = fileURLToPath(new URL('../../../../tools/source-loader/register.mjs', import.meta.url));
  const child = fileURLToPath(new URL('../../test/export-until-killed.ts', import.meta.url));

  async function exportAndKillAfter(pictures: number): Promise<void> {
    const flags = ['--conditions=@dgx-pixels/source', '--import', loader];
    const running = spawn(process.execPath, [...flags, child, folder, out], { stdio: ['ignore', 'pipe', 'inherit'] });
    running.stdout.on('data', (text: Buffer) => {
      if (Number(text.toString().trim().split('\n').at(-1)) >= pictures) running.kill('SIGKILL');
    });
    await once(running, 'close');
    expect(running.signalCode).toBe('SIGKILL');
  }

  it('leaves no folder where there was none, the whole former one where there was one, and is made good by the next', async () => {
    await writeSet(0, 40);
    await exportAndKillAfter(1);
    expect(readdirSync(root)).not.toContain('out');
    await exportAgain();
    expect(readdirSync(root).sort()).toEqual(['dataset', 'out']);
    const former = readTree(out);

    rmSync(folder, { recursive: true });
    await writeSet(500, 40);
    for (const pictures of [1, 20]) {
      await exportAndKillAfter(pictures);
      expect(readTree(out)).toEqual(former);
    }
    await exportAgain();
    expect(readdirSync(root).sort()).toEqual(['dataset', 'out']);
    expect(readTree(out)).not.toEqual(former);
    expect((await readTrainingSet(out)).index.images).toHaveLength(40);
  }, 60_000);

  it('between the two renames: the former folder is taken back', async () => {
    await writeSet(0, 2);
    await exportAgain();
    const former = readTree(out);
    renameSync(out, join(root, '.out.former'));
    await mkdir(join(root, '.out.draft'));
    const failed = replaceFolder(
      out,
      () => Promise.resolve(),
      () => Promise.reject(new Error('no more room')),
    );
    await expect(failed).rejects.toThrow('no more room');
    expect(readTree(out)).toEqual(former);
    expect(readdirSync(root).sort()).toEqual(['dataset', 'out']);
  });
});

describe('replaceFolder', () => {
  it('lets one process at a time make a folder', async () => {
    const first = replaceFolder(
      out,
      () => Promise.resolve(),
      async (draft) => {
        const second = replaceFolder(
          out,
          () => Promise.resolve(),
          () => Promise.resolve(),
        );
        await expect(second).rejects.toMatchObject({ code: 'DATASET_BUSY' });
        await writeFile(join(draft, 'file'), 'text');
      },
    );
    await first;
    expect(readdirSync(out)).toEqual(['file']);
  });
});
