import type { EngineCheckPayload } from '@dgx-pixels/evidence';

/** One statement about a server, and whether it held. */
export type ServerCheck = EngineCheckPayload['checks'][number];

/** An image of the check: what the record says of it, and the PNG file itself. */
export interface CheckedImage {
  readonly facts: NonNullable<EngineCheckPayload['textToImage']>['images'][number];
  readonly data: Uint8Array;
}

/** What a check found. Whether that is good enough is for the gates to say. */
export interface EngineCheck {
  readonly payload: EngineCheckPayload;
  /** In the order of `payload.textToImage.images`. */
  readonly images: readonly CheckedImage[];
}
