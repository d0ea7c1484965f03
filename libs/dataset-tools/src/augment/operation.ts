import type { Raster } from '@dgx-pixels/pixel-art';
import type { OperationName, Transform } from '../manifest/transform.ts';

/** A transform of one operation. */
export type TransformOf<Name extends OperationName> = Extract<Transform, { operation: Name }>;

/** A pixel operation that loses nothing. */
export interface Operation<Name extends OperationName> {
  /** Why the operation would lose pixels of this picture; null when it does not. */
  readonly objection: (raster: Raster, transform: TransformOf<Name>) => string | null;
  readonly apply: (raster: Raster, transform: TransformOf<Name>) => Raster;
  /** `invert(apply(raster))` is the raster, bit for bit, wherever there is no objection. */
  readonly invert: (raster: Raster, transform: TransformOf<Name>) => Raster;
  /** The caption of the changed picture. */
  readonly caption: (text: string, transform: TransformOf<Name>) => string;
}
