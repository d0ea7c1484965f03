import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../png/encode-png.ts';
import { pngChunk, pngSignature } from '../png/png-chunk.ts';
import { type PngText, readTextChunks, textLimits } from './read-text-chunks.ts';

const pixel = { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) };
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A file with one more chunk ahead of the end. */
function withChunk(type: string, body: Buffer): Buffer {
  return Buffer.concat([
    pngSignature,
    ...pngChunk('IHDR', Buffer.alloc(13)),
    ...pngChunk(type, body),
    ...pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('readTextChunks', () => {
  it('reads back what the encoder wrote', async () => {
    const keyword = fc.stringMatching(/^[a-z]{1,20}$/);
    const text = fc.stringMatching(/^[\x20-\x7e\xa1-\xff]{0,60}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ keyword, text }), { maxLength: 5 }), async (texts) => {
        expect(readTextChunks(await encodePng(pixel, texts, 1))).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['zTXt', Buffer.concat([latin('note\0\0'), deflateSync(latin('Ünï'))])],
    ['iTXt', Buffer.concat([latin('note\0\0\0de\0Notiz\0'), Buffer.from('Ünï', 'utf8')])],
    ['iTXt', Buffer.concat([latin('note\0\x01\0\0\0'), deflateSync(Buffer.from('Ünï', 'utf8'))])],
  ])('reads %s', (type, body) => {
    expect(readTextChunks(withChunk(type, body))).toEqual([{ keyword: 'note', text: 'Ünï' }]);
  });

  it.each([
    ['a keyword without end', 'tEXt', latin('note'), 'does not end its keyword'],
    ['an unknown compression', 'zTXt', latin('note\0\x01abc'), 'unknown compression'],
    ['an unknown flag', 'iTXt', latin('note\0\x02\0\0\0'), 'unknown compression'],
    ['garbage in place of deflate', 'zTXt', latin('note\0\0abc'), 'cannot be unpacked'],
    ['an iTXt without language', 'iTXt', latin('note\0\0\0de'), 'does not end its keyword'],
  ])('refuses %s', (_name, type, body, message) => {
    expect(() => readTextChunks(withChunk(type, body))).toThrow(
      expect.objectContaining({
        code: 'IMAGE_FILE_CORRUPT',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  it('does not unpack a text beyond its bound', () => {
    const unpacked = (length: number): Buffer =>
      Buffer.concat([latin('note\0\0'), deflateSync(Buffer.alloc(length, 65))]);
    expect(readTextChunks(withChunk('zTXt', unpacked(textLimits.maxInflatedBytes)))[0]?.text).toHaveLength(
      textLimits.maxInflatedBytes,
    );
    expect(() => readTextChunks(withChunk('zTXt', unpacked(textLimits.maxInflatedBytes + 1)))).toThrow('unpacked');
  });

  it('reads no more texts than allowed, nor longer ones together', async () => {
    const texts = new Array<PngText>(textLimits.maxTexts).fill({ keyword: 'note', text: '' });
    expect(readTextChunks(await encodePng(pixel, texts, 1))).toHaveLength(textLimits.maxTexts);
    const oneMore = await encodePng(pixel, [...texts, ...texts.slice(0, 1)], 1);
    expect(() => readTextChunks(oneMore)).toThrow('longer than allowed');

    const text = 'x'.repeat(textLimits.maxTotalBytes / 2);
    const halves = [text, text].map((half) => ({ keyword: 'note', text: half }));
    expect(readTextChunks(await encodePng(pixel, halves, 1))).toHaveLength(2);
    const longer = await encodePng(pixel, [...halves, { keyword: 'note', text: 'x' }], 1);
    expect(() => readTextChunks(longer)).toThrow('longer than allowed');
  });
});
