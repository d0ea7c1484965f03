import type { DatasetCheckPayload } from '@dgx-pixels/evidence';
import type { Raster } from '@dgx-pixels/pixel-art';
import { derivePicture, undoTransforms } from '../augment/derive-picture.ts';
import { parseTransform } from '../augment/parse-transform.ts';
import { refusedOperations } from '../augment/refused-operations.ts';
import type { Transform } from '../manifest/transform.ts';
import { canonicalPixels, canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { decodePng } from '../pixels/decode-png.ts';
import { packPng } from '../pixels/png/pack-png.ts';

/** A picture that operations are tried on. */
export interface TriedPicture {
  readonly raster: Raster;
  /** Its colours, commonest first. */
  readonly palette: readonly string[];
}

/** Every kind of operation, with the parameters that suit a picture. */
function transformsFor({ palette }: TriedPicture): readonly (readonly Transform[])[] {
  const unused = ['#ff00fe', '#01fe02', '#fe0203'].find((colour) => !palette.includes(colour)) ?? '#ff00fe';
  const [first] = palette;
  return [
    ...['flip-horizontal', 'flip-vertical', 'rotate=90', 'rotate=180', 'rotate=270', 'wrap-shift=3,-5', 'pad=2'].map(
      (text) => [parseTransform(text)],
    ),
    ...[
      ['pad=3', 'shift=2,-3'],
      ['pad=3', 'crop=1,2,3,0'],
      ['pad=1', `fill-background=${unused}`],
      ['pad=1', `fill-background=${unused}`, `clear-background=${unused}`],
    ].map((chain) => chain.map(parseTransform)),
    ...(first === undefined ? [] : [[parseTransform(`swap-palette=${first}:${unused}`)]]),
  ];
}

/**
 * Applies every operation to every picture, through a PNG file and back, and counts the outputs whose inverse is the
 * picture, bit for bit; and names the operations that are refused because they lose pixels.
 */
export async function measureAugmentation(
  pictures: readonly TriedPicture[],
): Promise<DatasetCheckPayload['augmentation']> {
  const counts = new Map<string, { outputs: number; inverted: number }>();
  for (const picture of pictures) {
    const id = canonicalPixelsSha256(picture.raster);
    for (const transforms of transformsFor(picture)) {
      const derived = derivePicture(canonicalPixels(picture.raster), null, transforms);
      if ('objection' in derived) continue;
      const stored = await decodePng(packPng(canonicalPixels(derived.raster)));
      const name = transforms.at(-1)?.operation ?? '';
      const count = counts.get(name) ?? { outputs: 0, inverted: 0 };
      count.outputs++;
      if (canonicalPixelsSha256(undoTransforms(stored, transforms)) === id) count.inverted++;
      counts.set(name, count);
    }
  }
  const operations = [...counts]
    .map(([operation, count]) => ({ operation, ...count }))
    .sort((one, other) => (one.operation < other.operation ? -1 : 1));
  return { operations, refused: refusedOperations.filter(isRefused) };
}

function isRefused(operation: string): boolean {
  try {
    parseTransform(operation);
    return false;
  } catch {
    return true;
  }
}
