const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const header = 'IHDR';

/**
 * Width and height in pixels from the header of a PNG file (W3C PNG §11.2.1); null when the bytes do not begin as a PNG does.
 */
export function readPngSize(png: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (png.length < 33 || !signature.every((byte, index) => png[index] === byte)) return null;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let index = 0; index < header.length; index++) {
    if (view.getUint8(12 + index) !== header.charCodeAt(index)) return null;
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
