import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatJson } from '../json/format-json.ts';
import type { JsonValue } from '../json/json-value.ts';

/** What a route answers. */
export type Reply =
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | { readonly kind: 'json'; readonly status: number; readonly json: string }
  /** JSON text in pieces, for answers too long to hold at once. */
  | { readonly kind: 'pieces'; readonly pieces: Iterable<string> }
  | {
      readonly kind: 'file';
      readonly stream: Readable;
      readonly bytes: number;
      readonly type: string;
      readonly name: string;
    };

/** An answer without body, like ComfyUI's to most actions. */
export function empty(status = 200): Reply {
  return { kind: 'empty', status };
}

/** A short plain text. */
export function text(status: number, message: string): Reply {
  return { kind: 'text', status, text: message };
}

/** A JSON answer. */
export function json(value: JsonValue, status = 200): Reply {
  return { kind: 'json', status, json: formatJson(value) };
}

/**
 * Sends an answer with back-pressure; resolves when it is out or the client is gone.
 *
 * @param beforeEnd - Runs when the answer is complete on the wire but the exchange still open.
 */
export async function sendReply(response: ServerResponse, reply: Reply, beforeEnd: () => Promise<void>): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (reply.kind === 'pieces') {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
    await pipeline(Readable.from(reply.pieces), response);
    return;
  }
  if (reply.kind === 'file') {
    response.writeHead(200, {
      'Content-Type': reply.type,
      'Content-Length': reply.bytes,
      'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(reply.name)}`,
      'Content-Security-Policy': 'sandbox',
    });
    await pipeline(reply.stream, response);
    return;
  }
  const body = Buffer.from(reply.kind === 'json' ? reply.json : reply.kind === 'text' ? reply.text : '', 'utf8');
  const type = {
    json: 'application/json; charset=utf-8',
    text: 'text/plain; charset=utf-8',
    empty: 'application/octet-stream',
  };
  response.writeHead(reply.status, { 'Content-Type': type[reply.kind], 'Content-Length': body.length });
  if (body.length > 0) response.write(body);
  else response.flushHeaders();
  await beforeEnd();
  response.end();
}
