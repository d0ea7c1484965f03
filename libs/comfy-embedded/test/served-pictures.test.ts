import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../src/image-files/decode-png.ts';
import { readTextChunks } from '../src/image-files/read-text-chunks.ts';
import { encodePng } from '../src/png/encode-png.ts';
import { pngChunk, pngSignature } from '../src/png/png-chunk.ts';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';

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

  it('are previewed in the format and quality that is wished for', async () => {
    const { url } = await pictureServer();
    const preview = async (wish: string) => {
      const answer = await fetch(`${url}/view?type=input&filename=rgba.png&preview=${wish}`);
      const file = Buffer.from(await answer.arrayBuffer());
      const { format, hasAlpha } = await sharp(file).metadata();
      return { type: answer.headers.get('content-type'), format, hasAlpha, bytes: file.length };
    };
    expect(await preview('webp;90')).toMatchObject({ type: 'image/webp', format: 'webp', hasAlpha: true });
    expect(await preview('webp;90&channel=rgb')).toMatchObject({ type: 'image/webp', format: 'webp', hasAlpha: false });
    expect(await preview('jpeg')).toMatchObject({ type: 'image/jpeg', format: 'jpeg', hasAlpha: false });
    expect((await preview('jpeg;5')).bytes).toBeLessThan((await preview('jpeg;100')).bytes);
  });

  it('are shown as they are otherwise', async () => {
    const { url } = await pictureServer();
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
