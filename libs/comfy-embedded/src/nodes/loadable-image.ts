import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { decodeImage } from '../image-files/decode-image.ts';
import type { DecodedImage } from '../image-files/decoded-image.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { ValueRefusal } from './define-node.ts';
import type { WidgetInput } from './inputs.ts';
import type { NamedFiles } from './node-files.ts';
import { choice } from './text-inputs.ts';

const maxFileBytes = 64 * 1024 * 1024;

/** A choice among the pictures of the input directory that takes any name: `refusals` knows which exist. */
export function pictureChoice(pictures: NamedFiles): WidgetInput<string> {
  const offered = choice(() => pictures.names(), { image_upload: true });
  return {
    kind: 'widget',
    get type() {
      return offered.type;
    },
    options: offered.options,
    read: (raw) => (typeof raw === 'string' ? { ok: true, value: raw, json: raw } : offered.read(raw)),
  };
}

/** Why a picture cannot be loaded. */
export function pictureRefusals(pictures: NamedFiles, name: string | undefined): readonly ValueRefusal[] {
  if (name === undefined || pictures.path(name) !== undefined) return [];
  return [{ input: 'image', reason: `Invalid image file: ${name}` }];
}

/** Digest of a picture's file, so that a changed file is loaded anew. */
export async function pictureFingerprint(pictures: NamedFiles, name: string | undefined): Promise<JsonValue> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(pathOf(pictures, name ?? '')), hash);
  return hash.digest('hex');
}

/** Reads and decodes a picture. */
export async function readPicture(pictures: NamedFiles, name: string): Promise<DecodedImage> {
  const path = pathOf(pictures, name);
  const { size } = await stat(path);
  if (size > maxFileBytes) throw new RangeError(`${name} has ${size} bytes; the limit is ${maxFileBytes}`);
  return decodeImage(await readFile(path));
}

function pathOf(pictures: NamedFiles, name: string): string {
  const path = pictures.path(name);
  if (path === undefined) throw new RangeError(`there is no picture ${JSON.stringify(name)} any more`);
  return path;
}
