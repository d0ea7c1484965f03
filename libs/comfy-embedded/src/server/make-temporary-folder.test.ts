import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeTemporaryFolder } from './make-temporary-folder.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'temporary-')));
  vi.stubEnv('TMPDIR', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

/** A process number that was given to a process which is gone. */
const deadProcess = spawnSync(process.execPath, ['--version']).pid;

async function folderOf(name: string, { ageHours }: { ageHours: number }): Promise<void> {
  const path = join(root, name);
  await mkdir(path);
  await writeFile(join(path, 'picture.png'), 'x');
  const then = Date.now() / 1000 - ageHours * 3600;
  await utimes(path, then, then);
}

it('removes what a killed process left, and nothing else', async () => {
  const kept = [
    `engine-${deadProcess}-fresh1`,
    `engine-${process.pid}-alive1`,
    `other-${deadProcess}-aaaaaa`,
    'engine-notes',
  ];
  await folderOf(`engine-${deadProcess}-aaaaaa`, { ageHours: 2 });
  for (const name of kept) await folderOf(name, { ageHours: name.endsWith('fresh1') ? 0 : 2 });
  const made = basename(await makeTemporaryFolder('engine'));
  expect(made).toMatch(new RegExp(`^engine-${process.pid}-`));
  expect((await readdir(root)).sort()).toEqual([...kept, made].sort());
});

it('says which folder cannot be used', async () => {
  vi.stubEnv('TMPDIR', join(root, 'absent'));
  await expect(makeTemporaryFolder('engine')).rejects.toMatchObject({
    code: 'EMBEDDED_DIRECTORY_UNUSABLE',
    details: { path: join(root, 'absent') },
  });
});
