import type { ExpectedOutput } from '@dgx-pixels/comfy-client';
import { sha256Hex } from '@dgx-pixels/evidence';
import { describeRaster } from '@dgx-pixels/pixel-art';
import type { Raster, RasterSize } from '@dgx-pixels/pixel-art';
import type { ServerCheck } from '../server-check.ts';

/** Least shares of a cut-out picture that are background and subject: less is a cut that went wrong. */
const leastTransparent = 0.05;
const leastOpaque = 0.05;

const sizeText = ({ width, height }: RasterSize): string => `${width} × ${height}`;

function outcome(id: string, faults: readonly string[], detail: string): ServerCheck {
  const passed = faults.length === 0;
  return { id, passed, detail: passed ? detail : faults.slice(0, 5).join('; ').slice(0, 2000) };
}

/** Names each picture that has a fault. */
function faultsIn(pictures: readonly Raster[], faultOf: (picture: Raster) => string | null): string[] {
  return pictures.flatMap((picture, index) => {
    const fault = faultOf(picture);
    return fault === null ? [] : [`picture ${index + 1} ${fault}`];
  });
}

function colourKeys({ rgba }: Raster): Set<number> {
  const keys = new Set<number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + 4);
    if (alpha > 0) keys.add((red << 16) | (green << 8) | blue);
  }
  return keys;
}

function transparencyFault(picture: Raster, transparent: boolean): string | null {
  const { opaquePixels, transparentPixels, translucentPixels } = describeRaster(picture);
  const all = picture.width * picture.height;
  if (translucentPixels > 0) return `has ${translucentPixels} translucent pixels`;
  if (!transparent) return transparentPixels === 0 ? null : `has ${transparentPixels} transparent pixels`;
  if (transparentPixels < all * leastTransparent) return `has ${transparentPixels} of ${all} pixels transparent`;
  return opaquePixels < all * leastOpaque ? `has ${opaquePixels} of ${all} pixels opaque` : null;
}

/** Whether as many pictures came as were asked for, and in the size asked for. */
export function checkReceived(received: readonly RasterSize[], expected: ExpectedOutput): ServerCheck {
  const faults = received.flatMap((picture, index) =>
    picture.width === expected.width && picture.height === expected.height
      ? []
      : [`picture ${index + 1} has ${sizeText(picture)} pixels instead of ${sizeText(expected)}`],
  );
  if (received.length !== expected.images) faults.unshift(`${received.length} files instead of ${expected.images}`);
  return outcome('bringsPictures', faults, `${received.length} PNG of ${sizeText(expected)}`);
}

/** Whether finished pictures have one pixel for each cell and no more colours than declared. Pictures as decoded anew. */
export function checkForm(finished: readonly Raster[], expected: ExpectedOutput): readonly ServerCheck[] {
  const native = { width: expected.width / expected.cell, height: expected.height / expected.cell };
  const misfits = faultsIn(finished, (picture) =>
    picture.width === native.width && picture.height === native.height ? null : `has ${sizeText(picture)} pixels`,
  );
  const colours = finished.reduce((all, picture) => new Set([...all, ...colourKeys(picture)]), new Set<number>()).size;
  const excess = colours > expected.colours ? [`${colours} colours, declared are ${expected.colours}`] : [];
  return [
    outcome('isNativeSize', misfits, sizeText(native)),
    outcome('keepsPalette', excess, `${colours} of ${expected.colours} colours`),
  ];
}

/** Whether finished pictures show something, on the background that was declared, and differ where they must. */
export function checkLooks(finished: readonly Raster[], expected: ExpectedOutput): readonly ServerCheck[] {
  const blank = faultsIn(finished, (picture) => (describeRaster(picture).colours > 1 ? null : 'has a single colour'));
  const covered = faultsIn(finished, (picture) => transparencyFault(picture, expected.transparent));
  const different = new Set(finished.map(({ rgba }) => sha256Hex(rgba))).size;
  const equal = different === finished.length ? [] : [`${finished.length} pictures, ${different} different ones`];
  return [
    outcome('isNotBlank', blank, 'every picture has several colours'),
    outcome('hasDeclaredBackground', covered, expected.transparent ? 'transparent' : 'opaque'),
    ...(expected.distinct ? [outcome('picturesDiffer', equal, `${different} different pictures`)] : []),
  ];
}
