import { InvalidArgumentError } from 'commander';

/** A commander parser for a number in a range; the message names the received value. */
export function numberIn(least: number, most: number, kind: 'integer' | 'any' = 'any') {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const fits = value >= least && value <= most && (kind === 'any' || Number.isSafeInteger(value));
    if (!fits)
      throw new InvalidArgumentError(
        `expected ${kind === 'integer' ? 'a whole number' : 'a number'} from ${least} to ${most}.`,
      );
    return value;
  };
}

/** A commander parser for a side of an image: latents have one cell for 8 pixels, and a server would round in silence. */
export function imageSide(text: string): number {
  const pixels = numberIn(16, 16_384, 'integer')(text);
  if (pixels % 8 !== 0) throw new InvalidArgumentError('expected a multiple of 8.');
  return pixels;
}

/** A commander parser for a seed: PyTorch's generator takes 0 … 2^64 − 1. */
export function seed(text: string): bigint {
  if (/^\d{1,20}$/.test(text)) {
    const value = BigInt(text);
    if (value < 2n ** 64n) return value;
  }
  throw new InvalidArgumentError('expected a whole number from 0 to 18446744073709551615.');
}
