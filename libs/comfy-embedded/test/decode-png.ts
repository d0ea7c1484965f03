import { crc32, inflateSync } from 'node:zlib';

/** A decoded truecolour PNG. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** uint8, shape `[height, width, 3]`. */
  readonly rgb: Uint8Array;
  /** Text chunks by keyword. */
  readonly text: ReadonlyMap<string, string>;
  /** Chunk types in file order. */
  readonly chunks: readonly string[];
}

function predict(type: number, left: number, above: number, corner: number): number {
  if (type === 0) return 0;
  if (type === 1) return left;
  if (type === 2) return above;
  if (type === 3) return Math.floor((left + above) / 2);
  const estimate = left + above - corner;
  const distances = [left, above, corner].map((value) => Math.abs(estimate - value));
  const least = Math.min(...distances);
  return [left, above, corner][distances.indexOf(least)] ?? 0;
}

/** Decodes 8-bit RGB PNG, checking signature and CRCs; written from the specification, apart from the encoder. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const file = Buffer.from(bytes);
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG signature');
  const chunks: string[] = [];
  const text = new Map<string, string>();
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (file.readUInt32BE(at + 8 + length) !== crc32(file.subarray(at + 4, at + 8 + length)))
      throw new Error(`CRC of ${type}`);
    chunks.push(type);
    if (type === 'IHDR') [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
    if (type === 'IDAT') data.push(body);
    if (type === 'tEXt') {
      const [keyword = '', ...rest] = body.toString('latin1').split('\0');
      text.set(keyword, rest.join('\0'));
    }
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data));
  const stride = width * 3;
  const rgb = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const type = rows[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column < 3 ? 0 : (rgb[at - 3] ?? 0);
      const above = row === 0 ? 0 : (rgb[at - stride] ?? 0);
      const corner = row === 0 || column < 3 ? 0 : (rgb[at - stride - 3] ?? 0);
      rgb[at] = (rows[row * (stride + 1) + 1 + column] ?? 0) + predict(type, left, above, corner);
    }
  }
  return { width, height, rgb, text, chunks };
}
