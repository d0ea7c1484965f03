import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { z } from 'zod';
import type { DecodedImage } from '../src/image-files/decoded-image.ts';

const expectedSchema = z.record(
  z.string(),
  z.object({ width: z.number(), height: z.number(), hasAlpha: z.boolean(), rgbaSha256: z.string() }),
);

/** Picture files under `fixtures/`, with what Pillow reads out of each. */
export interface PictureCorpus {
  readonly names: readonly string[];
  read(name: string): Buffer;
  expectAsPillow(name: string, image: DecodedImage): void;
}

/** @param extension - Of the files, where the names come without. */
export function openCorpus(folder: 'png' | 'photographs', extension = ''): PictureCorpus {
  const place = new URL(`fixtures/${folder}/`, import.meta.url);
  const expected = expectedSchema.parse(JSON.parse(readFileSync(new URL('expected.json', place), 'utf8')));
  return {
    names: Object.keys(expected),
    read: (name) => readFileSync(new URL(`${name}${extension}`, place)),
    expectAsPillow(name, { width, height, alpha, rgba }) {
      const rgbaSha256 = createHash('sha256').update(rgba).digest('hex');
      expect({ width, height, hasAlpha: alpha === 'channel', rgbaSha256 }).toEqual(expected[name]);
    },
  };
}
