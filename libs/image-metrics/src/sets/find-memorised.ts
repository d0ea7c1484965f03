import { inSlices } from '@dgx-pixels/pixel-art';
import { alignedDifference } from './aligned-difference.ts';
import type { Calibration } from './calibrate.ts';
import { eightPositions } from './eight-positions.ts';
import type { PreparedPicture } from './prepare-pictures.ts';
import { type Shape, shapeOf } from './shape.ts';

/** A generated picture that is a training picture, or nearly. */
export interface MemorisedPicture {
  /** Places in the two lists. */
  readonly generated: number;
  readonly train: number;
  /**
   * `equal-pixels`: at least 90 % of what is visible in either picture is equal. `nearer-than-train`: it differs less than all
   * but a thousandth of the pairs of training pictures do.
   */
  readonly reason: 'equal-pixels' | 'nearer-than-train';
  /** Of the best alignment under the eight flips and turns (`alignedDifference`). */
  readonly difference: number;
  readonly equalShare: number;
}

/** What was found about copies. */
export interface Memorisation {
  /** Share of the generated pictures that are flagged, 0 … 1. */
  readonly share: number;
  readonly pictures: readonly MemorisedPicture[];
  /**
   * Pictures that `nearer-than-train` would flag by chance, if generated pictures were as independent of the training
   * pictures as these are of each other: each is compared with all of them, so the thousandth adds up.
   */
  readonly expectedByChance: number;
}

const memorisedShare = 0.9;

/** Looks for the training picture that each generated one differs least from, letting the event loop turn. */
export async function findMemorised(
  generated: readonly PreparedPicture[],
  train: readonly PreparedPicture[],
  { nearest }: Pick<Calibration, 'nearest'>,
  onPicture: () => void,
): Promise<Memorisation> {
  const shapes = train.map(({ sprite }) => shapeOf(sprite));
  const pictures: MemorisedPicture[] = [];
  for (const [index, picture] of generated.entries()) {
    const { place, difference, equalShare } = await nearestOf(picture, shapes);
    const equal = equalShare >= memorisedShare;
    if (equal || difference < nearest.difference) {
      const reason = equal ? 'equal-pixels' : 'nearer-than-train';
      pictures.push({ generated: index, train: place, reason, difference, equalShare });
    }
    onPicture();
  }
  return {
    share: pictures.length / Math.max(1, generated.length),
    pictures,
    expectedByChance: generated.length * (1 - 0.999 ** train.length),
  };
}

async function nearestOf(picture: PreparedPicture, shapes: readonly Shape[]) {
  const positions = eightPositions(picture.sprite).map(shapeOf);
  let nearest = { place: 0, difference: 1, equalShare: 0 };
  await inSlices(shapes.length, 2048, (from, to) => {
    for (const [offset, shape] of shapes.slice(from, to).entries()) {
      const found = alignedDifference(positions, shape);
      if (found.difference < nearest.difference) nearest = { place: from + offset, ...found };
    }
  });
  return nearest;
}
