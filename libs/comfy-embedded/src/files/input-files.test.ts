import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/server-fixture.ts';
import { InputFiles } from './input-files.ts';

async function openFiles(): Promise<{ root: string; files: InputFiles }> {
  const root = await realpath(await temporaryDirectory());
  const directories = { input: join(root, 'input'), output: join(root, 'output'), temp: join(root, 'temp') };
  await mkdir(join(directories.input, 'sub'), { recursive: true });
  await mkdir(directories.output);
  const places = ['input/b.png', 'input/a.JPG', 'input/notes.txt', 'input/sub/c.png', 'output/d.png', 'secret.png'];
  for (const place of places) await writeFile(join(root, place), '');
  await symlink(join(root, 'secret.png'), join(directories.input, 'link.png'));
  return { root, files: new InputFiles(directories) };
}

describe('InputFiles', () => {
  it('offer the pictures of the input directory', async () => {
    const { files } = await openFiles();
    expect(files.names()).toEqual(['a.JPG', 'b.png', 'link.png']);
  });

  it('find also what is not offered', async () => {
    const { root, files } = await openFiles();
    expect(files.path('b.png')).toBe(join(root, 'input/b.png'));
    expect(files.path('sub/c.png')).toBe(join(root, 'input/sub/c.png'));
    expect(files.path('d.png [output]')).toBe(join(root, 'output/d.png'));
  });

  it.each([
    'absent.png',
    '',
    '..',
    '../secret.png',
    'sub',
    '/etc/passwd',
    'link.png',
    'b.png [temp]',
    'sub/../../secret.png',
  ])('find no %j', async (name) => {
    const { files } = await openFiles();
    expect(files.path(name)).toBeUndefined();
  });
});
