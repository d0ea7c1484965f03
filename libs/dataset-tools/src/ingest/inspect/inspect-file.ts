import { extname } from 'node:path';
import { fileSignature, type FileSignature } from './file-signature.ts';
import { inspectGif } from './inspect-gif.ts';
import { inspectJpeg } from './inspect-jpeg.ts';
import { inspectPng } from './inspect-png.ts';
import { inspectWebp } from './inspect-webp.ts';
import { type InspectedPicture, type PictureFormat, refuse, type RefusedFile } from './inspection.ts';

const endings: Readonly<Record<PictureFormat, readonly string[]>> = {
  png: ['.png'],
  gif: ['.gif'],
  webp: ['.webp'],
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
};
const otherPictureEndings = ['.bmp', '.tif', '.tiff', '.avif', '.heic', '.jxl', '.ico', '.tga', '.apng', '.qoi'];
const pictureEndings = new Set([...Object.values(endings).flat(), ...otherPictureEndings]);

/** Whether a file is named like a picture. */
function hasPictureEnding(path: string): boolean {
  return pictureEndings.has(extname(path).toLowerCase());
}

/** Picture formats by their names in `fileSignature`. */
const inspectors: Readonly<Record<string, (bytes: Buffer) => InspectedPicture | RefusedFile>> = {
  PNG: inspectPng,
  GIF: inspectGif,
  WebP: inspectWebp,
  JPEG: inspectJpeg,
};

/**
 * Decides by its bytes whether a file is a picture that can be decoded: nothing is unpacked, opened or executed.
 *
 * @param path by which the user knows the file; only its ending counts
 * @param bytes the whole file
 */
export function inspectFile(path: string, bytes: Buffer): InspectedPicture | RefusedFile {
  if (bytes.length === 0) return refuse('file-empty', 'it has 0 bytes');
  const signature = fileSignature(bytes);
  const inspector = signature?.class === 'picture' ? inspectors[signature.name] : undefined;
  if (inspector !== undefined) return inspector(bytes);
  if (isStartOfPicture(bytes)) return refuse('file-truncated', `it ends after ${bytes.length} bytes`);
  if (bytes.toString('latin1', 0, 6) === '\xef\xbf\xbdPNG') {
    return refuse('file-damaged', 'a PNG whose bytes somebody converted as if they were text');
  }
  return refuseByContent(path, bytes, signature);
}

/** What the user should know about the name of a picture that is read; null when it fits. */
export function judgeEnding(path: string, { format }: InspectedPicture): RefusedFile | null {
  const ending = extname(path).toLowerCase();
  if (endings[format].includes(ending)) return null;
  return refuse(
    'file-ending-wrong',
    `${format.toUpperCase()} named ${ending === '' ? 'without an ending' : ending}; ${endings[format][0] ?? ''} fits`,
  );
}

function refuseByContent(path: string, bytes: Buffer, signature: FileSignature | null): RefusedFile {
  const ending = extname(path).toLowerCase();
  const inside = signature?.name ?? `unknown bytes (${bytes.subarray(0, 8).toString('hex')})`;
  if (signature?.class === 'pickle') return refuse('file-is-pickle', `${inside}, ${bytes.length} bytes`);
  if (signature?.class === 'svg') return refuse('file-is-svg', `${inside}, ${bytes.length} bytes`);
  if (signature?.class === 'other-picture') return refuse('file-unsupported', `${inside}, ${bytes.length} bytes`);
  if (hasPictureEnding(path)) return refuse('file-renamed', `${inside} named ${ending}`);
  const advice = signature?.name === 'ZIP archive' ? '; name it as a source of its own' : '';
  return refuse('file-not-a-picture', `${inside}, ${bytes.length} bytes${advice}`);
}

/** Whether a file is so short that only the beginning of a picture's signature is left of it. */
function isStartOfPicture(bytes: Buffer): boolean {
  const starts = ['\x89PNG\r\n\x1a\n', 'GIF89a', 'GIF87a', '\xff\xd8\xff'];
  return bytes.length >= 2 && starts.some((start) => start.startsWith(bytes.toString('latin1')));
}
