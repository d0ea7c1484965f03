import { encodePng, decodePng } from '@dgx-pixels/comfy-embedded';
import type { TextChunk } from '@dgx-pixels/comfy-embedded';
import type { ExpectedOutput } from '@dgx-pixels/comfy-client';
import { sha256Hex } from '@dgx-pixels/evidence';
import { cutOutSprite, joinSheet, reducePalette, toNativeSize } from '@dgx-pixels/pixel-art';
import type { Raster } from '@dgx-pixels/pixel-art';

/** Largest difference of a channel, in 8-bit levels, that still counts as the same plain background. */
const backgroundTolerance = 24;
/** zlib level of the files written here. */
const deflateLevel = 9;

/** A PNG file as the server sent it, decoded. */
export interface ReceivedPicture {
  readonly bytes: Uint8Array;
  readonly raster: Raster;
  readonly pixelsSha256: string;
}

/** Pictures of a run as they are handed over. */
export interface FinishedPictures {
  /** PNG files at native size, cut out and in one palette, in the order of the received ones. */
  readonly files: readonly Buffer[];
  /** The same side by side; null if the template makes no sheet. */
  readonly sheet: Buffer | null;
}

/** Decodes a received file. @throws ImageError IMAGE_FILE_CORRUPT, IMAGE_TOO_LARGE */
export async function readPicture(bytes: Uint8Array): Promise<ReceivedPicture> {
  const raster = await decodePng(bytes);
  return { bytes, raster, pixelsSha256: sha256Hex(raster.rgba) };
}

/**
 * Makes of the pictures of one run what the template promises: native size, one pixel for each cell; the plain background
 * cut away; all of them in one palette; a sheet. Every step is exact and without chance: equal pictures give equal files.
 *
 * @param textOf - texts to write into the file of a picture; `sheet` for the sheet.
 * @throws PixelArtError PIXEL_REQUEST_INVALID when the pictures do not divide into cells, or differ in size.
 */
export async function finishPictures(
  received: readonly Raster[],
  expected: ExpectedOutput,
  textOf: (index: number | 'sheet') => readonly TextChunk[],
): Promise<FinishedPictures> {
  const sprites: Raster[] = [];
  for (const raster of received) {
    const native = await toNativeSize(raster, { factor: expected.cell });
    sprites.push(expected.transparent ? await cutOutSprite(native, backgroundTolerance) : native);
  }
  const reduced = await reducePalette(sprites, { count: expected.colours });
  const files: Buffer[] = [];
  for (const [index, sprite] of reduced.entries()) files.push(await encodePng(sprite, textOf(index), deflateLevel));
  if (expected.columns === undefined || reduced.length === 0) return { files, sheet: null };
  return { files, sheet: await encodePng(joinSheet(reduced, expected.columns), textOf('sheet'), deflateLevel) };
}
