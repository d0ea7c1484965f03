import type { Raster } from '../raster.ts';

/** The pixels of a raster as one number each, in the machine's byte order: for comparing and copying whole pixels. A view if it can be. */
export function pixelWords({ rgba }: Raster): Uint32Array {
  const bytes = rgba.byteOffset % 4 === 0 ? rgba : new Uint8Array(rgba);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** The bits of a pixel's word that hold its alpha, in the machine's byte order. */
export const alphaMask = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer)[0] ?? 0;
