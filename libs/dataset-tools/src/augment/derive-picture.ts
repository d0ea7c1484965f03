import type { Raster } from '@dgx-pixels/pixel-art';
import type { Transform } from '../manifest/transform.ts';
import { canonicalPixels } from '../pixels/canonical-pixels.ts';
import { bindTransform } from './bind-transform.ts';

/** The outcome of transforms, or the objection that stopped them. */
export type Derived = { readonly raster: Raster; readonly caption: string | null } | { readonly objection: string };

/** Applies transforms in order, to the picture and to the words about it. */
export function derivePicture(raster: Raster, caption: string | null, transforms: readonly Transform[]): Derived {
  let [picture, text] = [canonicalPixels(raster), caption];
  for (const transform of transforms) {
    const operation = bindTransform(transform);
    const objection = operation.objection(picture);
    if (objection !== null) return { objection: `${transform.operation}: ${objection}` };
    picture = operation.apply(picture);
    text = text === null ? null : operation.caption(text);
  }
  return { raster: picture, caption: text };
}

/** The canonical picture that transforms were applied to; empty or another one where they were not. */
export function undoTransforms(raster: Raster, transforms: readonly Transform[]): Raster {
  return transforms
    .toReversed()
    .reduce((picture, transform) => bindTransform(transform).invert(picture), canonicalPixels(raster));
}
