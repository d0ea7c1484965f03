import type { z } from 'zod';

import { ComfyClientError } from './errors.ts';
import { parseLenientJson } from './parse-lenient-json.ts';
import { plainText } from './plain-text.ts';
import type { HttpReply, RequestDescription } from './send-request.ts';

/** What the body of an answer is, whatever its content type claims. */
export type BodyKind = 'empty' | 'json' | 'text';

/** Names a request in messages. */
export type RequestName = Pick<RequestDescription, 'method' | 'path'>;

/**
 * Passes 2xx answers on and turns all others into typed errors.
 *
 * @throws ComfyClientError COMFY_REDIRECTED; COMFY_HTTP_STATUS with `status`, `bodyKind` and an `excerpt` of the body.
 */
export function expectOk(reply: HttpReply, request: RequestName): HttpReply {
  if (reply.status >= 200 && reply.status < 300) return reply;
  const name = `${request.method} ${request.path}`;
  if (reply.status >= 300 && reply.status < 400) {
    const location = plainText(reply.location ?? '(no location)', 200);
    throw new ComfyClientError('COMFY_REDIRECTED', `${name}: status ${reply.status} to ${location}`, {
      details: { status: reply.status, location },
    });
  }
  const { kind, excerpt } = describeBody(reply);
  const said = excerpt === '' ? 'empty body' : excerpt;
  throw new ComfyClientError('COMFY_HTTP_STATUS', `${name}: status ${reply.status}, ${said}`, {
    details: { status: reply.status, bodyKind: kind, excerpt },
  });
}

/** The kind of a body and its first characters as printable text. */
export function describeBody(reply: HttpReply): { readonly kind: BodyKind; readonly excerpt: string } {
  if (reply.bytes.length === 0) return { kind: 'empty', excerpt: '' };
  const text = reply.bytes.toString('utf8');
  try {
    parseLenientJson(text);
    return { kind: 'json', excerpt: plainText(text, 300) };
  } catch {
    return { kind: 'text', excerpt: plainText(text, 300) };
  }
}

/**
 * Parses the body of an answer with a schema.
 *
 * @throws ComfyClientError COMFY_REPLY_INVALID when it is no JSON, or naming every fault of its shape.
 */
export function readJson<Output>(reply: HttpReply, schema: z.ZodType<Output>, request: RequestName): Output {
  const name = `${request.method} ${request.path}`;
  const details = { status: reply.status, bytes: reply.bytes.length };
  let value: unknown;
  try {
    value = parseLenientJson(reply.bytes.toString('utf8'));
  } catch (cause) {
    const { excerpt } = describeBody(reply);
    const said = excerpt === '' ? 'an empty body' : plainText(excerpt, 80);
    throw new ComfyClientError('COMFY_REPLY_INVALID', `${name}: expected JSON, got ${said}`, { details, cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new ComfyClientError('COMFY_REPLY_INVALID', `${name}: ${plainText(faults.slice(0, 5).join('; '))}`, {
    details: { ...details, faults },
  });
}
