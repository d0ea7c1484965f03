import type { RasterSize } from '@dgx-pixels/pixel-art';

/** Sides of buckets are multiples of this many pixels. */
export const bucketStep = 64;

/** Shortest and longest side of the buckets of a size, in pixels. */
export function bucketLimits({ width, height }: RasterSize): { readonly shortest: number; readonly longest: number } {
  const half = Math.floor(Math.min(width, height) / 2 / bucketStep) * bucketStep;
  return { shortest: Math.max(bucketStep, half), longest: Math.max(width, height) * 2 };
}

/**
 * Sizes of no more area than a given one, all sides multiples of 64: for each width the greatest height, and the other way
 * round. The list of sd-scripts (`make_bucket_resolutions` in library/model_util.py) for the same limits: a picture of one
 * of these sizes is read as it is.
 */
function listBuckets(size: RasterSize): readonly RasterSize[] {
  const area = size.width * size.height;
  const { shortest, longest } = bucketLimits(size);
  const square = Math.floor(Math.sqrt(area) / bucketStep) * bucketStep;
  const buckets: RasterSize[] = [{ width: square, height: square }];
  for (let long = shortest; long <= longest; long += bucketStep) {
    const short = Math.min(longest, Math.floor(area / long / bucketStep) * bucketStep);
    if (short >= shortest) buckets.push({ width: long, height: short }, { width: short, height: long });
  }
  return buckets;
}

/** Buckets of a size, the one whose shape is nearest to that of a picture first; of equally near ones the largest. */
export function bucketsNearestTo(native: RasterSize, size: RasterSize): readonly RasterSize[] {
  const shape = ({ width, height }: RasterSize): number => Math.log(width / height);
  const distance = (bucket: RasterSize): number => Number(Math.abs(shape(bucket) - shape(native)).toFixed(9));
  return listBuckets(size).toSorted(
    (one, other) =>
      distance(one) - distance(other) || other.width * other.height - one.width * one.height || other.width - one.width,
  );
}
