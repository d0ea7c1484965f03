import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { packChunk, packPng, pngSignature } from './pack-png.ts';
import { unpackPng } from './unpack-png.ts';

async function bySharp(png: Buffer): Promise<Buffer> {
  return sharp(png, { ignoreIcc: true }).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

const size = fc.record({ width: fc.integer({ min: 1, max: 19 }), height: fc.integer({ min: 1, max: 19 }) });
/** Pictures with any pixels, mostly too many for a palette, and with few different ones. */
const raster = fc.tuple(size, fc.boolean()).chain(([{ width, height }, few]) => {
  const byte = few ? fc.constantFrom(0, 1, 128, 255) : fc.nat(255);
  const bytes = fc.array(byte, { minLength: width * height * 4, maxLength: width * height * 4 });
  return bytes.map((rgba) => ({ width, height, rgba: Uint8Array.from(rgba) }));
});

/** Any sensible header, filters and samples; a palette and transparency where they belong. */
const channelsByColourType = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
const anyPng = fc
  .record({
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom([0, 1], [0, 2], [0, 4], [0, 8], [2, 8], [3, 1], [3, 2], [3, 4], [3, 8], [4, 8], [6, 8]),
    transparent: fc.boolean(),
    bytes: fc.uint8Array({ minLength: 1200, maxLength: 1200 }),
  })
  .map(({ width, height, kind: [colourType = 0, depth = 8], transparent, bytes }) => {
    let used = 0;
    const byte = () => bytes[used++ % bytes.length] ?? 0;
    const channels = channelsByColourType.get(colourType) ?? 1;
    const stride = Math.ceil((width * channels * depth) / 8);
    const rows = Buffer.alloc(height * (stride + 1));
    for (let at = 0; at < rows.length; at++)
      rows[at] = at % (stride + 1) === 0 ? (colourType === 3 ? 0 : byte() % 5) : byte();
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([depth, colourType, 0, 0, 0], 8);
    const palette =
      colourType === 3 ? [packChunk('PLTE', Buffer.from(Array.from({ length: 3 * 2 ** depth }, byte)))] : [];
    const key = new Map([
      [0, 2],
      [2, 6],
      [3, 2 ** depth],
    ]).get(colourType);
    const alpha =
      transparent && key !== undefined
        ? [
            packChunk(
              'tRNS',
              Buffer.from(
                Array.from({ length: key }, (_none, at) =>
                  colourType !== 3 && at % 2 === 0 ? 0 : byte() % 2 ** depth,
                ),
              ),
            ),
          ]
        : [];
    // Two IDAT chunks, as encoders write for larger pictures.
    const packed = deflateSync(rows);
    const pixels = [packed.subarray(0, 5), packed.subarray(5)].map((part) => packChunk('IDAT', part));
    return Buffer.concat([
      pngSignature,
      packChunk('IHDR', header),
      ...palette,
      ...alpha,
      ...pixels,
      packChunk('IEND', Buffer.of()),
    ]);
  });

describe('packPng', () => {
  it('keeps every byte, also under transparent pixels, and is read by others', async () => {
    await fc.assert(
      fc.asyncProperty(raster, async (picture) => {
        const png = packPng(picture);
        expect(unpackPng(png)).toEqual(picture);
        expect(await bySharp(png)).toEqual(Buffer.from(picture.rgba));
        expect(packPng(picture)).toEqual(png);
      }),
    );
  });

  it.each([
    { colours: 256, colourType: 3 },
    { colours: 257, colourType: 6 },
  ])('packs $colours different pixels as colour type $colourType', ({ colours, colourType }) => {
    // Twice each, far apart.
    const words = Uint32Array.from({ length: colours * 2 }, (_none, pixel) => (pixel % colours) * 0x01000400);
    const picture = { width: 2, height: colours, rgba: new Uint8Array(words.buffer) };
    const png = packPng(picture);
    expect(png.readUInt8(25)).toBe(colourType);
    expect(unpackPng(png)).toEqual(picture);
  });
});

describe('unpackPng', () => {
  it('reads what a full decoder reads, for every colour type, depth and filter', async () => {
    await fc.assert(
      fc.asyncProperty(anyPng, async (png) => {
        expect(Buffer.from(unpackPng(png)?.rgba ?? [])).toEqual(await bySharp(png));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves interlaced and 16-bit pictures to a full decoder', async () => {
    const raw = { raw: { width: 8, height: 8, channels: 4 } } as const;
    const pixels = Buffer.alloc(8 * 8 * 4, 77);
    expect(unpackPng(await sharp(pixels, raw).png({ progressive: true }).toBuffer())).toBeNull();
    expect(unpackPng(await sharp(pixels, raw).toColourspace('rgb16').png().toBuffer())).toBeNull();
  });

  it('leaves damaged pixels to a full decoder and never reads past them', () => {
    const png = packPng({ width: 16, height: 16, rgba: new Uint8Array(16 * 16 * 4).map((_none, at) => at * 7) });
    fc.assert(
      fc.property(fc.integer({ min: 41, max: png.length - 17 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(png);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const read = unpackPng(damaged);
        expect(read === null || read.rgba.length === 16 * 16 * 4).toBe(true);
      }),
    );
  });
});
