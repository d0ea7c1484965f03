import { inSlices } from '@dgx-pixels/pixel-art';
import { decodeImage } from '../image-files/decode-image.ts';
import { isPng } from '../image-files/png-chunks.ts';
import { readTextChunks } from '../image-files/read-text-chunks.ts';
import { ImageError } from '../images/image-errors.ts';
import { encodePng } from '../png/encode-png.ts';
import { isTextKeyword, type TextChunk } from '../png/text-chunk.ts';

/** Texts that a `tEXt` chunk can hold; what ComfyUI writes is ASCII. */
function keptTexts(file: Buffer): readonly TextChunk[] {
  if (!isPng(file)) return [];
  return readTextChunks(file).filter(({ keyword, text }) => isTextKeyword(keyword) && !/[^\0-\xff]/.test(text));
}

/**
 * The original picture with the alpha channel of a mask, as PNG with the original's texts.
 *
 * @throws ImageError for files that are no pictures, and for a mask of another size.
 */
export async function maskedPicture(original: Buffer, mask: Buffer): Promise<Buffer> {
  const [picture, cover] = [await decodeImage(original), await decodeImage(mask)];
  const { width, height } = picture;
  if (cover.width !== width || cover.height !== height) {
    const message = `the mask has ${cover.width} × ${cover.height} pixels, its picture ${width} × ${height}`;
    throw new ImageError('IMAGE_REQUEST_INVALID', message);
  }
  const rgba = Uint8Array.from(picture.rgba);
  await inSlices(width * height, 1, (from, to) => {
    for (let pixel = from; pixel < to; pixel += 1) rgba[pixel * 4 + 3] = cover.rgba[pixel * 4 + 3] ?? 0;
  });
  return encodePng({ rgba, width, height }, keptTexts(original), 4);
}
