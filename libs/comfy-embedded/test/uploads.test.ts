import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';

interface UploadFields {
  readonly name?: string;
  readonly content?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

async function upload(url: string, { name = 'a.png', content = 'content', fields = {} }: UploadFields = {}) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('image', new Blob([content]), name);
  const answer = await fetch(`${url}/upload/image`, { method: 'POST', body: form });
  const text = await answer.text();
  return { status: answer.status, json: answer.status === 200 ? (JSON.parse(text) as unknown) : null };
}

async function uploadServer(): Promise<{ url: string; inputDirectory: string; outputDirectory: string }> {
  const inputDirectory = await temporaryDirectory();
  const { url, outputDirectory } = await openTestServer({ inputDirectory });
  return { url, inputDirectory, outputDirectory };
}

describe('/upload/image', () => {
  it('stores a file under its name, and /view gives it back', async () => {
    const { url, inputDirectory } = await uploadServer();
    const name = 'ünï 漢.png';
    expect(await upload(url, { name })).toEqual({ status: 200, json: { name, subfolder: '', type: 'input' } });
    expect(await readFile(join(inputDirectory, name), 'utf8')).toBe('content');
    const query = `filename=${encodeURIComponent(name)}`;
    for (const place of [`${query}&type=input`, `${query}%20[input]`]) {
      const answer = await fetch(`${url}/view?${place}`);
      expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['image/png', 'content']);
    }
  });

  it('puts it where type and subfolder say', async () => {
    const { url, outputDirectory } = await uploadServer();
    const fields = { type: 'output', subfolder: 'x/../y/z' };
    expect((await upload(url, { fields })).json).toEqual({ name: 'a.png', subfolder: 'x/../y/z', type: 'output' });
    expect(await readdir(join(outputDirectory, 'y', 'z'))).toEqual(['a.png']);
  });

  it('uses an equal file again, counts names up for others, replaces on demand', async () => {
    const { url, inputDirectory } = await uploadServer();
    const named = async (content: string, fields = {}): Promise<unknown> =>
      (await upload(url, { content, fields })).json;
    expect(await named('one')).toMatchObject({ name: 'a.png' });
    expect(await named('one')).toMatchObject({ name: 'a.png' });
    expect(await named('two')).toMatchObject({ name: 'a (1).png' });
    expect(await named('three')).toMatchObject({ name: 'a (2).png' });
    expect(await named('two')).toMatchObject({ name: 'a (1).png' });
    expect(await named('four', { overwrite: 'true' })).toMatchObject({ name: 'a.png' });
    expect(await readFile(join(inputDirectory, 'a.png'), 'utf8')).toBe('four');
    expect((await readdir(inputDirectory)).sort()).toEqual(['a (1).png', 'a (2).png', 'a.png']);
  });

  it.each([
    ['type', { fields: { type: 'bogus' } }],
    ['subfolder that climbs out', { fields: { subfolder: '../x' } }],
    ['absolute subfolder', { fields: { subfolder: '/etc' } }],
    ['name with a folder', { name: 'sub/x.png' }],
    ['name that climbs out', { name: '../x.png' }],
    ['name with a control character', { name: 'a\u0007.png' }],
    ['name with a backslash', { name: 'a\\b.png' }],
    ['over-long name', { name: `${'x'.repeat(300)}.png` }],
  ])('refuses a wrong %s and writes nothing', async (_what, fields) => {
    const { url, inputDirectory } = await uploadServer();
    expect((await upload(url, fields)).status).toBe(400);
    expect(await readdir(inputDirectory)).toEqual([]);
  });

  it('follows no symbolic link out of the directory', async () => {
    const { url, inputDirectory } = await uploadServer();
    const outside = await temporaryDirectory();
    await symlink(outside, join(inputDirectory, 'out'));
    expect((await upload(url, { fields: { subfolder: 'out/deeper' } })).status).toBe(400);
    await mkdir(join(inputDirectory, 'sub'));
    await symlink(join(outside, 'absent.png'), join(inputDirectory, 'sub', 'a.png'));
    const fields = { subfolder: 'sub' };
    expect((await upload(url, { fields })).json).toMatchObject({ name: 'a (1).png' });
    expect((await upload(url, { fields: { ...fields, overwrite: '1' } })).json).toMatchObject({ name: 'a.png' });
    expect(await readdir(outside)).toEqual([]);
  });

  it('refuses what is no form, and forms over the bound', async () => {
    const { url } = await openTestServer({ limits: { maxUploadBytes: 1000 } });
    const post = async (body: string, type: string): Promise<number> =>
      (await fetch(`${url}/upload/image`, { method: 'POST', body, headers: { 'Content-Type': type } })).status;
    expect(await post('{}', 'application/json')).toBe(400);
    expect(await post('garbage', 'multipart/form-data; boundary=x')).toBe(400);
    expect(await post('x'.repeat(1001), 'multipart/form-data; boundary=x')).toBe(413);
    const form = new FormData();
    form.append('image', 'a text, no file');
    expect((await fetch(`${url}/upload/image`, { method: 'POST', body: form })).status).toBe(400);
  });

  it('keeps uploads for the server’s life only unless a directory is named', async () => {
    const server = await openTestServer();
    expect((await upload(server.url)).status).toBe(200);
    expect((await fetch(`${server.url}/view?filename=a.png&type=input`)).status).toBe(200);
    await server.close();
    const next = await openTestServer({ outputDirectory: server.outputDirectory });
    expect((await fetch(`${next.url}/view?filename=a.png&type=input`)).status).toBe(404);
  });
});
