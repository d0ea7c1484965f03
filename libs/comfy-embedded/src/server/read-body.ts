import type { IncomingMessage } from 'node:http';
import { EmbeddedServerError } from '../errors.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';

/** Outcome of reading a request body. */
export type BodyReading =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'absent' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Bounds of {@link readBody}. */
export interface BodyBounds {
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
  readonly maxJsonValues: number;
}

/** Reads a body whole; undefined as soon as it shows, by its declared length or while it comes in, that it is too large. */
export async function readBytes(request: IncomingMessage, maxBodyBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(piece)) continue;
    length += piece.length;
    if (length > maxBodyBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

/** Reads a request body as JSON, whatever its content type says, as ComfyUI does. */
export async function readBody(request: IncomingMessage, bounds: BodyBounds): Promise<BodyReading> {
  const bytes = await readBytes(request, bounds.maxBodyBytes);
  if (bytes === undefined) return { kind: 'too-large' };
  if (bytes.length === 0) return { kind: 'absent' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'json', value: parseJson(text, { maxDepth: bounds.maxJsonDepth, maxValues: bounds.maxJsonValues }) };
  } catch (error) {
    if (error instanceof EmbeddedServerError) return { kind: 'invalid', reason: error.message };
    return { kind: 'invalid', reason: 'the body is not UTF-8' };
  }
}
