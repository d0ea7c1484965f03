import type { Raster } from '@dgx-pixels/pixel-art';
import type { OperationName, Transform } from '../manifest/transform.ts';
import type { Operation, TransformOf } from './operation.ts';
import { clearBackground } from './operations/clear-background.ts';
import { crop } from './operations/crop.ts';
import { fillBackground } from './operations/fill-background.ts';
import { flipHorizontal } from './operations/flip-horizontal.ts';
import { flipVertical } from './operations/flip-vertical.ts';
import { pad } from './operations/pad.ts';
import { rotate } from './operations/rotate.ts';
import { shift } from './operations/shift.ts';
import { swapPalette } from './operations/swap-palette.ts';
import { wrapShift } from './operations/wrap-shift.ts';

/** An operation with its parameters; see `Operation`. */
export interface BoundOperation {
  objection(raster: Raster): string | null;
  apply(raster: Raster): Raster;
  invert(raster: Raster): Raster;
  caption(text: string): string;
}

/** The operation that a transform names, with its parameters. */
export function bindTransform(transform: Transform): BoundOperation {
  switch (transform.operation) {
    case 'flip-horizontal':
      return bind(flipHorizontal, transform);
    case 'flip-vertical':
      return bind(flipVertical, transform);
    case 'rotate':
      return bind(rotate, transform);
    case 'shift':
      return bind(shift, transform);
    case 'wrap-shift':
      return bind(wrapShift, transform);
    case 'pad':
      return bind(pad, transform);
    case 'crop':
      return bind(crop, transform);
    case 'fill-background':
      return bind(fillBackground, transform);
    case 'clear-background':
      return bind(clearBackground, transform);
    case 'swap-palette':
      return bind(swapPalette, transform);
  }
}

function bind<Name extends OperationName>(operation: Operation<Name>, transform: TransformOf<Name>): BoundOperation {
  return {
    objection: (raster) => operation.objection(raster, transform),
    apply: (raster) => operation.apply(raster, transform),
    invert: (raster) => operation.invert(raster, transform),
    caption: (text) => operation.caption(text, transform),
  };
}
