import { crc32, inflateSync } from 'node:zlib';

import { ComfyClientError } from '../errors.ts';

/** All texts of a picture together, unpacked. A workflow of a thousand nodes has about 300 kB. */
const maxTextBytes = 16 * 2 ** 20;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and CRC of a chunk. */
const frameBytes = 12;

function unusable(reason: string, cause?: unknown): ComfyClientError {
  return new ComfyClientError('COMFY_PICTURE_UNUSABLE', `The picture cannot be read: ${reason}`, { cause });
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: maxTextBytes });
  } catch (error) {
    throw unusable('a packed text is damaged or too long', error);
  }
}

/** Cuts at the first NUL. */
function cut(bytes: Buffer): readonly [before: Buffer, after: Buffer] {
  const at = bytes.indexOf(0);
  if (at === -1) throw unusable('a text chunk has no end of its name');
  return [bytes.subarray(0, at), bytes.subarray(at + 1)];
}

function readText(type: string, body: Buffer): readonly [keyword: string, text: string] {
  const [keyword, rest] = cut(body);
  const name = keyword.toString('latin1');
  if (type === 'tEXt') return [name, rest.toString('latin1')];
  if (type === 'zTXt') return [name, inflate(rest.subarray(1)).toString('latin1')];
  const isPacked = rest[0] === 1;
  const [, afterLanguage] = cut(rest.subarray(2));
  const [, text] = cut(afterLanguage);
  return [name, (isPacked ? inflate(text) : text).toString('utf8')];
}

/**
 * The texts of a PNG's `tEXt`, `zTXt` and `iTXt` chunks (W3C PNG, third edition, §11.3.3) by keyword; of several under one
 * keyword the last. The pixels are not looked at.
 *
 * @throws ComfyClientError COMFY_PICTURE_UNUSABLE for anything but a whole PNG with undamaged texts of at most 16 MiB
 */
export function readPngTexts(bytes: Uint8Array): ReadonlyMap<string, string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, signature.length).equals(signature)) throw unusable('it is no PNG');
  const texts = new Map<string, string>();
  let left = maxTextBytes;
  let offset = signature.length;
  while (offset + frameBytes <= file.length) {
    const end = offset + frameBytes + file.readUInt32BE(offset);
    const type = file.toString('latin1', offset + 4, offset + 8);
    if (end > file.length) break;
    if (type === 'IEND') return texts;
    if (['tEXt', 'zTXt', 'iTXt'].includes(type)) {
      if (crc32(file.subarray(offset + 4, end - 4)) !== file.readUInt32BE(end - 4)) throw unusable('a text is damaged');
      const [keyword, text] = readText(type, file.subarray(offset + 8, end - 4));
      left -= text.length;
      if (left < 0) throw unusable(`its texts are longer than ${maxTextBytes} bytes`);
      texts.set(keyword, text);
    }
    offset = end;
  }
  throw unusable('it ends too early');
}
