// @ts-check
import { createHash } from 'node:crypto';
import { decodePng } from '../../libs/comfy-embedded/src/image-files/decode-png.ts';

/**
 * The shape of a JSON value: names and kinds, no values. Arrays have the shape of their first item; objects whose names
 * are data (ids, class names) have that of their first member if the request says so.
 *
 * @param {unknown} value
 * @param {boolean} [open] Whether the names of the outermost object are data.
 * @returns {unknown}
 */
export function shapeOf(value, open = false) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'array' : [shapeOf(value[0])];
  if (typeof value !== 'object') return typeof value;
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)]);
  if (open) return members.length === 0 ? 'object' : { '*': members[0]?.[1] };
  return Object.fromEntries(members.toSorted(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
}

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string | null} type Content type without parameters; null for an empty body.
 * @property {unknown} shape Of a JSON body, null for any other.
 * @property {string | null} pixels SHA-256 of a PNG's size and pixels as 8-bit RGBA, null for any other body.
 */

/** @param {Buffer} bytes */
async function digestPixels(bytes) {
  const { width, height, rgba } = await decodePng(bytes);
  return createHash('sha256').update(`${width} ${height} `).update(rgba).digest('hex');
}

/**
 * @param {Response} response
 * @param {boolean} open
 * @returns {Promise<Answer>}
 */
export async function readAnswer(response, open) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = bytes.length === 0 ? null : (response.headers.get('content-type')?.split(';')[0] ?? null);
  const shape = type === 'application/json' ? shapeOf(JSON.parse(bytes.toString('utf8')), open) : null;
  return { status: response.status, type, shape, pixels: type === 'image/png' ? await digestPixels(bytes) : null };
}
