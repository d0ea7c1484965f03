import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawContactSheet } from '../src/draw-contact-sheet.ts';

/** An image of 2 × 2 equal squares: red, green, blue, white. */
function quarters(side: number): Promise<Buffer> {
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
  ];
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const colour = colours[(y < side / 2 ? 0 : 2) + (x < side / 2 ? 0 : 1)]!;
      pixels.set(colour, (y * side + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

describe('drawContactSheet', () => {
  it('places tiles eight a row and keeps hard edges hard', async () => {
    const image = await quarters(128);
    const sheet = sharp(await drawContactSheet(Array.from({ length: 9 }, () => image)));
    const { width, height } = await sheet.metadata();
    expect([width, height]).toEqual([8 + 8 * 200, 8 + 2 * 200]);
    const tile = await sheet.extract({ left: 8, top: 208, width: 192, height: 192 }).removeAlpha().raw().toBuffer();
    const colours = new Set<string>();
    for (let i = 0; i < tile.length; i += 3) colours.add(tile.subarray(i, i + 3).join(','));
    expect([...colours].sort()).toEqual(['0,0,255', '0,255,0', '255,0,0', '255,255,255']);
  });

  it('refuses bytes that are not an image', async () => {
    await expect(drawContactSheet([Buffer.from('not an image')])).rejects.toThrow();
  });
});
