import { randomBytes } from 'node:crypto';
import { writePng } from './write-png.ts';

/** A picture that no server has seen. */
export interface RandomPicture {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, alpha last. */
  readonly rgba: Buffer;
  /** The same as a PNG. */
  readonly bytes: Buffer;
}

/** Draws noise, also in the alpha channel. */
export function randomPicture(size = { width: 8, height: 6 }): RandomPicture {
  const rgba = randomBytes(size.width * size.height * 4);
  return { ...size, rgba, bytes: writePng(size, rgba) };
}

/** Red, green and blue of every pixel as hexadecimal digits. */
export function coloursOf(rgba: Uint8Array): string {
  return Buffer.from(rgba.filter((_value, index) => index % 4 !== 3)).toString('hex');
}

/** Alpha of every pixel as hexadecimal digits. */
export function alphaOf(rgba: Uint8Array): string {
  return Buffer.from(rgba.filter((_value, index) => index % 4 === 3)).toString('hex');
}
