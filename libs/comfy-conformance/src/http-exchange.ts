import type { z } from 'zod';
import { Unmet } from './finding.ts';

/** Bounds of one exchange. */
export interface ExchangeLimits {
  /** From the request to the last byte of the answer, milliseconds. */
  readonly timeoutMs: number;
  /** Bytes of an answer's body. */
  readonly maxBytes: number;
}

/** A whole answer. */
export interface Reply {
  readonly status: number;
  /** Content type without parameters, lower case; empty if there is none. */
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The body as JSON. @throws Unmet if it is none */
  json(): unknown;
  /** The body as JSON of a form. @throws Unmet naming every fault */
  read<Output>(schema: z.ZodType<Output>): Output;
}

/** A body that went over its limit; the rest was not read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * One request with the platform's `fetch`: redirects are not followed, time and size are bounded.
 *
 * @throws the platform's own error when there is no connection or no answer in time; BodyTooLarge
 */
export async function exchange(
  url: string,
  init: RequestInit,
  { timeoutMs, maxBytes }: ExchangeLimits,
  signal?: AbortSignal,
): Promise<Reply> {
  const patience = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    signal: signal === undefined ? patience : AbortSignal.any([patience, signal]),
  });
  const bytes = await readBody(response, maxBytes);
  const contentType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const where = `${init.method ?? 'GET'} ${new URL(url).pathname}`;
  const json = (): unknown => parseJson(bytes, `${where} to answer with JSON`);
  return {
    status: response.status,
    contentType,
    bytes,
    json,
    read: (schema) => readForm(schema, json(), `${where} to answer in the protocol's form`),
  };
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  const reader: ReadableStreamDefaultReader<unknown> = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts);
    if (!(value instanceof Uint8Array)) continue;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new BodyTooLarge(`the answer has more than ${maxBytes} bytes`);
    }
    parts.push(value);
  }
}

function parseJson(bytes: Buffer, expected: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Unmet(expected, bytes.toString('utf8', 0, 300));
  }
}

/** Reads a value that came from the server. @throws Unmet naming every fault */
export function readForm<Output>(schema: z.ZodType<Output>, value: unknown, expected: string): Output {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const faults = reading.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || '(all)'}: ${message}`,
  );
  throw new Unmet(expected, faults.join('; '));
}
