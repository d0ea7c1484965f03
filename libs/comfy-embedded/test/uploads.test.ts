import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../src/image-files/decode-png.ts';
import { readTextChunks } from '../src/image-files/read-text-chunks.ts';
import { encodePng } from '../src/png/encode-png.ts';
import { pngChunk, pngSignature } from '../src/png/png-chunk.ts';
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

describe('pictures', () => {
  const [width, height] = [3, 2];
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_none, index) => (index * 41) % 256);
  const channel = (offset: number): readonly number[] =>
    Array.from({ length: width * height }, (_none, pixel) => pixels[pixel * 4 + offset] ?? 0);

  /** A palette of one half-transparent colour, every pixel in it. */
  function palettePicture(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 3], 8);
    const chunks = [
      pngChunk('IHDR', header),
      pngChunk('PLTE', Uint8Array.of(1, 2, 3)),
      pngChunk('tRNS', Uint8Array.of(128)),
      pngChunk('IDAT', deflateSync(Buffer.alloc(height * (width + 1)))),
      pngChunk('IEND', Buffer.alloc(0)),
    ];
    return Buffer.concat([pngSignature, ...chunks.flat()]);
  }

  async function pictureServer(): Promise<{ url: string; inputDirectory: string }> {
    const inputDirectory = await temporaryDirectory();
    const text = [{ keyword: 'prompt', text: '{}' }];
    await writeFile(join(inputDirectory, 'rgba.png'), await encodePng({ rgba: pixels, width, height }, text, 4));
    const rgb = new Uint8Array(width * height * 3).fill(9);
    await writeFile(join(inputDirectory, 'rgb.png'), await encodePng({ rgb, width, height }, text, 4));
    await writeFile(join(inputDirectory, 'no.png'), 'no picture');
    await writeFile(join(inputDirectory, 'palette.png'), palettePicture());
    return { url: (await openTestServer({ inputDirectory })).url, inputDirectory };
  }

  async function view(url: string, query: string) {
    const answer = await fetch(`${url}/view?type=input&${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    const file = Buffer.from(await answer.arrayBuffer());
    const { rgba } = await decodePng(file);
    const at = (offset: number): readonly number[] => [...rgba].filter((_byte, index) => index % 4 === offset);
    return { red: at(0), alpha: at(3), colourType: file[25], texts: readTextChunks(file) };
  }

  it('are shown without alpha, or alpha alone', async () => {
    const { url } = await pictureServer();
    const opaque = channel(3).map(() => 255);
    expect(await view(url, 'filename=rgba.png&channel=rgb')).toEqual({
      red: channel(0),
      alpha: opaque,
      colourType: 2,
      texts: [],
    });
    const black = channel(0).map(() => 0);
    expect(await view(url, 'filename=rgba.png&channel=a')).toMatchObject({
      red: black,
      alpha: channel(3),
      colourType: 6,
    });
    expect(await view(url, 'filename=rgb.png&channel=a')).toMatchObject({ red: black, alpha: opaque, colourType: 6 });
  });

  it('count as opaque if only their palette has alpha, as Pillow sees it', async () => {
    const { url } = await pictureServer();
    expect((await view(url, 'filename=palette.png')).alpha).toEqual(channel(0).map(() => 128));
    expect((await view(url, 'filename=palette.png&channel=a')).alpha).toEqual(channel(0).map(() => 255));
  });

  it('are shown as PNG where another format is wished for, and as they are otherwise', async () => {
    const { url } = await pictureServer();
    expect(await view(url, 'filename=rgba.png&preview=webp;90')).toMatchObject({ alpha: channel(3), colourType: 6 });
    expect(await view(url, 'filename=rgba.png&preview=jpeg')).toMatchObject({ red: channel(0), colourType: 2 });
    expect(await view(url, 'filename=rgba.png&channel=rgba')).toMatchObject({ texts: [{ keyword: 'prompt' }] });
  });

  it('that are none are 400', async () => {
    const { url } = await pictureServer();
    expect((await fetch(`${url}/view?filename=no.png&type=input&channel=a`)).status).toBe(400);
  });

  async function uploadMask(
    url: string,
    mask: Uint8Array<ArrayBuffer>,
    reference: string | undefined,
  ): Promise<Response> {
    const form = new FormData();
    form.append('image', new Blob([mask]), 'masked.png');
    if (reference !== undefined) form.append('original_ref', reference);
    return fetch(`${url}/upload/mask`, { method: 'POST', body: form });
  }

  it('take the alpha of an uploaded mask, and keep their colours and texts', async () => {
    const { url, inputDirectory } = await pictureServer();
    const mask = Uint8Array.from(await readFile(join(inputDirectory, 'rgba.png')));
    const reference = JSON.stringify({ filename: 'rgb.png', type: 'input', subfolder: '' });
    const answer = await uploadMask(url, mask, reference);
    expect(await answer.json()).toEqual({ name: 'masked.png', subfolder: '', type: 'input' });
    expect(await view(url, 'filename=masked.png')).toEqual({
      red: channel(0).map(() => 9),
      alpha: channel(3),
      colourType: 6,
      texts: [{ keyword: 'prompt', text: '{}' }],
    });
  });

  it.each([
    ['no reference', undefined],
    ['a reference that is no JSON', 'rgb.png'],
    ['a reference without a name', '{}'],
    ['an absent picture', '{"filename":"absent.png","type":"input"}'],
    ['a picture outside', '{"filename":"../rgb.png","type":"input"}'],
    ['a file that is no picture', '{"filename":"no.png","type":"input"}'],
  ])('take no mask with %s', async (_what, reference) => {
    const { url, inputDirectory } = await pictureServer();
    const mask = Uint8Array.from(await readFile(join(inputDirectory, 'rgba.png')));
    expect((await uploadMask(url, mask, reference)).status).toBe(400);
    expect(await readdir(inputDirectory)).not.toContain('masked.png');
  });

  it('take no mask of another size', async () => {
    const { url } = await pictureServer();
    const mask = Uint8Array.from(await encodePng({ rgba: new Uint8Array(4), width: 1, height: 1 }, [], 4));
    expect((await uploadMask(url, mask, '{"filename":"rgb.png [input]"}')).status).toBe(400);
  });
});
