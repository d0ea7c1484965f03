import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCorpus } from '../../test/picture-corpus.ts';
import { ImageError } from '../images/image-errors.ts';
import { encodePng } from '../png/encode-png.ts';
import { pngChunk, pngSignature } from '../png/png-chunk.ts';
import { decodePng } from './decode-png.ts';

const corpus = openCorpus('png', '.png');

function refusal(code: string, message: string | RegExp): ImageError {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as ImageError;
}

interface Header {
  readonly width?: number;
  readonly height?: number;
  readonly rest?: readonly number[];
}

/** IHDR of an 8-bit grey picture of 2 × 2 pixels, unless told otherwise. */
function ihdr({ width = 2, height = 2, rest = [8, 0, 0, 0, 0] }: Header = {}): readonly Buffer[] {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body.set(rest, 8);
  return pngChunk('IHDR', body);
}

const pixels = (...bytes: number[]): readonly Buffer[] => pngChunk('IDAT', deflateSync(Buffer.from(bytes)));
const end = pngChunk('IEND', Buffer.alloc(0));
const png = (...chunks: (readonly Buffer[])[]): Buffer => Buffer.concat([pngSignature, ...chunks.flat()]);

describe('decodePng', () => {
  it.each(corpus.names)('reads %s as Pillow does', async (name) => {
    corpus.expectAsPillow(name, await decodePng(corpus.read(name)));
  });

  it('accepts pixels cut into many chunks and bytes after the end', async () => {
    const data = deflateSync(Buffer.of(0, 1, 2, 0, 3, 4));
    const pieces = [...data].map((byte) => pngChunk('IDAT', Buffer.of(byte)));
    const image = await decodePng(Buffer.concat([png(ihdr(), ...pieces, end), Buffer.from('left over')]));
    expect([...image.rgba].filter((_byte, at) => at % 4 === 0)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['no PNG', Buffer.from('GIF89a'), 'no PNG signature'],
    ['nothing but a signature', Buffer.from(pngSignature), 'cut off'],
    ['pixels before the header', png(pixels(0, 1)), 'IDAT stands before IHDR'],
    ['a header of another length', png(pngChunk('IHDR', Buffer.alloc(12)), end), '12 bytes'],
    ['no pixels', png(ihdr(), end), 'IDAT is missing'],
    ['too few pixels', png(ihdr(), pixels(0, 1, 2, 0, 3), end), 'end after 5 of 6'],
    ['too many pixels', png(ihdr(), pixels(...new Array<number>(7).fill(0)), end), 'cannot be unpacked to 6'],
    ['pixels that are not deflated', png(ihdr(), pngChunk('IDAT', Buffer.from('abc')), end), 'cannot be unpacked'],
    ['a filter that does not exist', png(ihdr(), pixels(5, 1, 2, 0, 3, 4), end), 'filter 5'],
    ['a side of 0', png(ihdr({ width: 0 }), end), '0×2'],
    ['a depth that does not exist', png(ihdr({ rest: [3, 0, 0, 0, 0] }), end), '3 bits'],
    ['a colour type that does not exist', png(ihdr({ rest: [8, 5, 0, 0, 0] }), end), 'colour type 5'],
    ['an interlace method that does not exist', png(ihdr({ rest: [8, 0, 0, 0, 2] }), end), 'methods 0, 0, 2'],
    ['a palette picture without palette', png(ihdr({ rest: [8, 3, 0, 0, 0] }), pixels(0), end), 'PLTE is missing'],
    ['a short tRNS', png(ihdr(), pngChunk('tRNS', Buffer.alloc(1)), pixels(0), end), 'tRNS has 1'],
    ['a chunk without a name', png(ihdr(), pngChunk('a\0bc', Buffer.alloc(1)), end), 'no chunk begins'],
  ])('refuses %s', async (_name, bytes, message) => {
    await expect(decodePng(bytes)).rejects.toThrow(refusal('IMAGE_FILE_CORRUPT', message));
  });

  it('refuses more pixels than allowed before it unpacks them', async () => {
    const bomb = png(ihdr({ width: 8192, height: 8192 }), pngChunk('IDAT', deflateSync(Buffer.alloc(1 << 20))), end);
    await expect(decodePng(bomb)).rejects.toThrow(refusal('IMAGE_TOO_LARGE', '8192×8192'));
  });

  it('refuses more chunks than any sound file has', async () => {
    const empty = Buffer.concat(pngChunk('teSt', Buffer.alloc(0)));
    const crowded = png(ihdr(), new Array<Buffer>(100_000).fill(empty), pixels(0, 1, 2, 0, 3, 4), end);
    await expect(decodePng(crowded)).rejects.toThrow(refusal('IMAGE_FILE_CORRUPT', 'more than 100000 chunks'));
  });

  it('refuses every file that is cut off', async () => {
    const file = corpus.read('colour6-8bit');
    for (let length = 0; length < file.length; length += 1) {
      await expect(decodePng(file.subarray(0, length))).rejects.toThrow(refusal('IMAGE_FILE_CORRUPT', ''));
    }
  });

  it('refuses every single damaged byte', async () => {
    const file = await encodePng({ width: 2, height: 2, rgb: new Uint8Array(12).fill(9) }, [], 1);
    for (let at = 0; at < file.length; at += 1) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 0x10;
      await expect(decodePng(damaged), `byte ${at}`).rejects.toThrow(ImageError);
    }
  });

  it('answers any chunks with a picture or a coded refusal', async () => {
    const anyChunk = fc
      .tuple(fc.constantFrom('IHDR', 'PLTE', 'tRNS', 'IDAT', 'eXIf', 'teSt'), fc.uint8Array({ maxLength: 40 }))
      .map(([type, body]) => pngChunk(type, body));
    const depths = fc.constantFrom(1, 2, 4, 8, 16);
    const anyHeader = fc
      .tuple(depths, fc.constantFrom(0, 2, 3, 4, 6), fc.nat(1), fc.nat(9), fc.nat(9))
      .map(([depth, colour, interlace, width, height]) =>
        ihdr({ width, height, rest: [depth, colour, 0, 0, interlace] }),
      );
    const anyPixels = fc.uint8Array({ maxLength: 800 }).map((bytes) => pixels(...bytes.map((byte) => byte % 5)));
    await fc.assert(
      fc.asyncProperty(anyHeader, fc.array(anyChunk, { maxLength: 3 }), anyPixels, async (head, chunks, data) => {
        try {
          const { width, height, rgba } = await decodePng(png(head, ...chunks, data, end));
          expect(rgba).toHaveLength(width * height * 4);
        } catch (error) {
          expect(error).toBeInstanceOf(ImageError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
