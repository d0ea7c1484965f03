import { channelsOf, type PackedColour } from './packed-colour.ts';

/** Lightness and two opponent colour axes; Euclidean distances follow perceived ones. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** sRGB transfer function (IEC 61966-2-1), by 8-bit level. */
const linear = Float64Array.from({ length: 256 }, (_none, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** OKLab of an sRGB colour (B. Ottosson, "A perceptual color space for image processing", 2020). */
export function oklabOf(colour: PackedColour): Oklab {
  const [red, green, blue] = channelsOf(colour);
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** Square of the Euclidean distance. */
function squaredDistance(one: Oklab, other: Oklab): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

/** A colour and where it lies. */
export interface ColourPoint {
  readonly colour: PackedColour;
  readonly point: Oklab;
}

/** The colour nearest to a point; of equally near ones the first. */
export function nearestTo(point: Oklab, colours: Iterable<ColourPoint>): PackedColour {
  let nearest: PackedColour = 0;
  let least = Infinity;
  for (const candidate of colours) {
    const distance = squaredDistance(point, candidate.point);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate.colour;
  }
  return nearest;
}

/** Where each colour lies. */
export function pointsOf(colours: readonly PackedColour[]): readonly ColourPoint[] {
  return colours.map((colour) => ({ colour, point: oklabOf(colour) }));
}
