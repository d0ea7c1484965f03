/** How a file says which pixels are transparent. */
export type AlphaSource =
  /** An alpha channel, or palette entries with alpha. */
  | 'channel'
  /** One grey level or colour that counts as transparent. */
  | 'key'
  | 'none';

/** A decoded picture. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** uint8, shape `[height, width, 4]`, row-major; alpha last, not premultiplied. */
  readonly rgba: Uint8Array;
  readonly alpha: AlphaSource;
}
