import type { FaultKind } from '../../faults/fault-kinds.ts';

/** Formats that are decoded. */
export type PictureFormat = 'png' | 'gif' | 'webp' | 'jpeg';

/** What the headers of a whole, still, 8-bit picture say; nothing was decoded. */
export interface InspectedPicture {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}

/** Why a file is not decoded. */
export interface RefusedFile {
  readonly kind: FaultKind;
  readonly message: string;
}

/** Largest side of a picture that is decoded, in pixels. */
const maxSide = 16_384;
/** Most pixels of a picture that is decoded. */
export const maxPixels = 4096 * 4096;

/** Makes a refusal. */
export function refuse(kind: FaultKind, message: string): RefusedFile {
  return { kind, message };
}

/** A picture if its size may be decoded; judged by the header, before a pixel is unpacked. */
export function sized(format: PictureFormat, width: number, height: number): InspectedPicture | RefusedFile {
  if (width < 1 || height < 1) return refuse('file-damaged', `the header says ${width}×${height} pixels`);
  if (width * height > maxPixels || width > maxSide || height > maxSide) {
    return refuse('picture-too-large', `the header says ${width}×${height} pixels`);
  }
  return { format, width, height };
}
