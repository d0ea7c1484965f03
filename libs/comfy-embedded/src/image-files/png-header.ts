import { checkImageSize } from '../images/image-limits.ts';
import { ImageError } from '../images/image-errors.ts';

/** The colour types of the PNG specification, 11.2.1. */
export const colourTypes = {
  grey: 0,
  rgb: 2,
  palette: 3,
  greyAlpha: 4,
  rgba: 6,
} as const;

type ColourType = (typeof colourTypes)[keyof typeof colourTypes];

/** What IHDR says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one sample. */
  readonly bitDepth: number;
  readonly colourType: ColourType;
  /** Adam7. */
  readonly interlaced: boolean;
  /** Samples of one pixel. */
  readonly samples: number;
}

const formats: ReadonlyMap<number, { type: ColourType; samples: number; depths: readonly number[] }> = new Map([
  [0, { type: colourTypes.grey, samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { type: colourTypes.rgb, samples: 3, depths: [8, 16] }],
  [3, { type: colourTypes.palette, samples: 1, depths: [1, 2, 4, 8] }],
  [4, { type: colourTypes.greyAlpha, samples: 2, depths: [8, 16] }],
  [6, { type: colourTypes.rgba, samples: 4, depths: [8, 16] }],
]);

/**
 * Reads IHDR.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT for combinations that the specification does not allow, IMAGE_TOO_LARGE above
 * `imageLimits`.
 */
export function parsePngHeader(body: Buffer): PngHeader {
  if (body.length !== 13) throw new ImageError('IMAGE_FILE_CORRUPT', `IHDR has ${body.length} bytes, not 13`);
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [bitDepth = 0, colour = 0, compression = 0, filter = 0, interlace = 0] = body.subarray(8);
  const format = formats.get(colour);
  if (format === undefined || !format.depths.includes(bitDepth)) {
    throw new ImageError('IMAGE_FILE_CORRUPT', `there is no PNG of colour type ${colour} with ${bitDepth} bits`);
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    const methods = `${compression}, ${filter}, ${interlace}`;
    throw new ImageError('IMAGE_FILE_CORRUPT', `compression, filter and interlace methods ${methods} do not exist`);
  }
  if (width === 0 || height === 0) throw new ImageError('IMAGE_FILE_CORRUPT', `a side of ${width}×${height} is 0`);
  checkImageSize(width, height);
  return { width, height, bitDepth, colourType: format.type, interlaced: interlace === 1, samples: format.samples };
}
