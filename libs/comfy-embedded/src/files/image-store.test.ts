import { mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/server-fixture.ts';
import { type ImageDirectories, saveImages } from './image-store.ts';

const images = { values: new Float32Array(2 * 3 * 8 * 8), batch: 2, height: 8, width: 8 };

async function directories(): Promise<Pick<ImageDirectories, 'output' | 'temp'>> {
  const root = await realpath(await temporaryDirectory());
  const paths = { output: join(root, 'output'), temp: join(root, 'temp') };
  await Promise.all(Object.values(paths).map((path) => mkdir(path)));
  return paths;
}

describe('saveImages', () => {
  it('counts on from the highest number present, per name', async () => {
    const paths = await directories();
    await writeFile(join(paths.output, 'bird_00041_.png'), 'kept');
    await writeFile(join(paths.output, 'birds_00099_.png'), 'another series');
    await writeFile(join(paths.output, 'bird_big_00500_.png'), 'another series');
    const saved = await saveImages(paths, { images, folder: 'output', prefix: 'bird', text: [] });
    expect(saved.map(({ filename }) => filename)).toEqual(['bird_00042_.png', 'bird_00043_.png']);
  });

  it('makes subfolders and fills in the batch number', async () => {
    const paths = await directories();
    const saved = await saveImages(paths, { images, folder: 'temp', prefix: 'a/b/s%batch_num%_%width%', text: [] });
    expect(saved).toEqual([
      { filename: 's0_8_00001_.png', subfolder: 'a/b', type: 'temp' },
      { filename: 's1_8_00002_.png', subfolder: 'a/b', type: 'temp' },
    ]);
    expect(await readdir(join(paths.temp, 'a/b'))).toEqual(['s0_8_00001_.png', 's1_8_00002_.png']);
  });

  it('does not follow a symbolic link out of the directory', async () => {
    const paths = await directories();
    await symlink(paths.temp, join(paths.output, 'link'));
    const saving = saveImages(paths, { images, folder: 'output', prefix: 'link/x', text: [] });
    await expect(saving).rejects.toMatchObject({ code: 'EMBEDDED_PATH_REFUSED' });
    expect(await readdir(paths.temp)).toEqual([]);
  });

  it('says where it could not write, and why', async () => {
    const paths = await directories();
    await writeFile(join(paths.output, 'taken'), 'a file where the folder should be');
    const saving = saveImages(paths, { images, folder: 'output', prefix: 'taken/x', text: [] });
    await expect(saving).rejects.toMatchObject({
      code: 'EMBEDDED_WRITE_FAILED',
      message: expect.stringMatching(`^cannot write into ${join(paths.output, 'taken')}: E[A-Z]+`) as string,
    });
  });

  it('gives two writers of one series different names and leaves no partial files', async () => {
    const paths = await directories();
    const request = { images, folder: 'output', prefix: 'x', text: [] } as const;
    const saved = await Promise.all([saveImages(paths, request), saveImages(paths, request)]);
    const names = saved.flat().map(({ filename }) => filename);
    expect(new Set(names).size).toBe(4);
    expect((await readdir(paths.output)).sort()).toEqual([...names].sort());
  });

  it('stops between images when interrupted', async () => {
    const paths = await directories();
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(saveImages(paths, { images, folder: 'output', prefix: 'x', text: [], signal })).rejects.toThrow(
      'stop',
    );
    expect(await readdir(paths.output)).toEqual([]);
  });
});
