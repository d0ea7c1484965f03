import type { Raster } from '@dgx-pixels/pixel-art';
import { ImageMetricError } from '../errors.ts';

/** Which numbers of a pixel are compared. */
export type ColourMode =
  /** 0.299 R + 0.587 G + 0.114 B, not rounded (ITU-R BT.601). */
  | 'luma'
  /** Red, green and blue apart; the measure is the mean over the three. */
  | 'rgb'
  /** 16 + (65.481 R + 128.553 G + 24.966 B) / 255: luma in studio range, not rounded (ITU-R BT.601). */
  | 'y601';

/** One number for each pixel, taken row by row, so that nothing as large as the picture has to be held. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Writes row `y` over the first `width` numbers of `into`. */
  readonly readRow: (y: number, into: Float64Array) => void;
}

/** How the numbers to be compared are taken from two pictures. */
export interface PlaneOptions {
  readonly colour: ColourMode;
  /** Opaque colour that is put behind both pictures, `#rrggbb`. */
  readonly background: string;
}

/** Two pictures as numbers that can be compared. */
export interface PlanePairs {
  readonly pairs: readonly (readonly [one: Plane, other: Plane])[];
  /** The colour behind the pictures, null when nothing of it shows. */
  readonly background: string | null;
}

/** Mid gray: neither dark nor bright outlines vanish in it. */
export const defaultBackground = '#808080';

/** Weights of red, green, blue and a constant that make a plane. */
type Mix = readonly [red: number, green: number, blue: number, constant: number];

const mixes: Readonly<Record<ColourMode, readonly Mix[]>> = {
  luma: [[0.299, 0.587, 0.114, 0]],
  rgb: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ],
  y601: [[65.481 / 255, 128.553 / 255, 24.966 / 255, 16]],
};

/**
 * The planes of two pictures.
 *
 * @throws ImageMetricError for pictures of different sizes, bytes that are not those of the size, or a malformed background
 */
export function planePairs(one: Raster, other: Raster, { colour, background }: PlaneOptions): PlanePairs {
  checkSizes(one, other);
  const behind = channelsOfBackground(background);
  return {
    pairs: mixes[colour].map((mix) => [planeOf(one, mix, behind), planeOf(other, mix, behind)] as const),
    background: isOpaque(one) && isOpaque(other) ? null : background,
  };
}

/** @throws ImageMetricError for pictures of different sizes or with bytes that are not those of their size */
export function checkSizes(one: Raster, other: Raster): void {
  for (const { width, height, rgba } of [one, other]) {
    if (width > 0 && height > 0 && rgba.length === width * height * 4) continue;
    throw new ImageMetricError(
      'IMAGE_METRIC_REQUEST_INVALID',
      `${width}×${height} pixels do not have ${rgba.length} bytes`,
    );
  }
  if (one.width === other.width && one.height === other.height) return;
  throw new ImageMetricError(
    'IMAGE_METRIC_REQUEST_INVALID',
    `${one.width}×${one.height} and ${other.width}×${other.height} are not the same size`,
  );
}

function channelsOfBackground(background: string): readonly [number, number, number] {
  if (!/^#[0-9a-f]{6}$/i.test(background)) {
    throw new ImageMetricError(
      'IMAGE_METRIC_REQUEST_INVALID',
      `the background is ${JSON.stringify(background)}, not a colour like #808080`,
    );
  }
  const packed = Number.parseInt(background.slice(1), 16);
  return [packed >> 16, (packed >> 8) & 255, packed & 255];
}

function planeOf({ width, height, rgba }: Raster, mix: Mix, behind: readonly [number, number, number]): Plane {
  const [red, green, blue] = mix;
  const back = red * behind[0] + green * behind[1] + blue * behind[2];
  return { width, height, readRow: (y, into) => mixRow(rgba, y * width * 4, width, mix, back, into) };
}

/** @param back what the background gives */
function mixRow(
  rgba: Uint8Array,
  start: number,
  width: number,
  [red, green, blue, constant]: Mix,
  back: number,
  into: Float64Array,
): void {
  for (let x = 0, at = start; x < width; x++, at += 4) {
    const front = red * (rgba[at] ?? 0) + green * (rgba[at + 1] ?? 0) + blue * (rgba[at + 2] ?? 0);
    const alpha = rgba[at + 3] ?? 0;
    into[x] = constant + (alpha === 255 ? front : (front * alpha + back * (255 - alpha)) / 255);
  }
}

function isOpaque({ rgba }: Raster): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}
