import http from 'node:http';
import https from 'node:https';

import { openReplyReader } from './read-body.ts';
import type { ComfyClient } from './client.ts';
import { ComfyClientError } from './errors.ts';

/** Options that every verb takes. */
export interface CallOptions {
  /** Ends the call and frees its socket and timers; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the whole answer, milliseconds. @default the client's requestTimeoutMs */
  readonly timeoutMs?: number | undefined;
}

/** One request, as the verbs describe it. */
export interface RequestDescription {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute path below the client's base URL, already percent-encoded. */
  readonly path: string;
  /** The body: JSON text unless `contentType` says otherwise. */
  readonly body?: string | Uint8Array | undefined;
  /** @default application/json where there is a body */
  readonly contentType?: string | undefined;
  /** @default the client's maxBodyBytes */
  readonly maxBytes?: number | undefined;
}

/** A complete answer of any status. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | null;
  readonly bytes: Buffer;
}

/**
 * Sends one request on a connection of its own: no idle socket outlives the call, and a POST never meets a kept
 * connection that the server has just closed. Redirects are answers like any other; they are not followed.
 *
 * @throws ComfyClientError COMFY_UNREACHABLE (nothing was sent), COMFY_TIMEOUT and COMFY_CONNECTION_LOST (with
 * `details.connected`), COMFY_REPLY_TOO_LARGE; or the reason of the signal.
 */
export function sendRequest(
  client: ComfyClient,
  description: RequestDescription,
  options: CallOptions = {},
): Promise<HttpReply> {
  const { signal } = options;
  const timeoutMs = options.timeoutMs ?? client.requestTimeoutMs;
  const url = new URL(client.url + description.path);
  const where = { method: description.method, url: url.href };

  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(reasonOf(signal));
      return;
    }
    let connected = false;
    let settled = false;
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: description.method,
      agent: false,
      headers: headersFor(description),
    });
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      finish();
      request.destroy();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const lost = (cause: unknown): void => fail(transportError(cause, connected, where));
    const onAbort = (): void => fail(reasonOf(signal));
    const timer = setTimeout(() => fail(timeoutError(timeoutMs, connected, where)), timeoutMs);

    signal?.addEventListener('abort', onAbort, { once: true });
    request.once('socket', (socket) => socket.once('connect', () => (connected = true)));
    request.on('error', lost);
    request.once('response', (response) => {
      openReplyReader(response, description.maxBytes ?? client.maxBodyBytes, where, {
        onReply: (reply) => settle(() => resolve(reply)),
        onTooLarge: fail,
        onLost: lost,
      });
    });
    request.end(description.body);
  });
}

function headersFor(description: RequestDescription): http.OutgoingHttpHeaders {
  if (description.body === undefined) return { accept: '*/*' };
  return {
    accept: '*/*',
    'content-type': description.contentType ?? 'application/json',
    'content-length': Buffer.byteLength(description.body),
  };
}

/** The reason of an aborted signal as an Error, whatever value the caller aborted with. */
export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException(`Aborted: ${String(reason)}`, 'AbortError');
}

function timeoutError(timeoutMs: number, connected: boolean, where: { method: string; url: string }): ComfyClientError {
  return new ComfyClientError('COMFY_TIMEOUT', `${where.method} ${where.url}: no complete answer in ${timeoutMs} ms`, {
    details: { ...where, timeoutMs, connected },
  });
}

function transportError(cause: unknown, connected: boolean, where: { method: string; url: string }): ComfyClientError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const [code, text] = connected
    ? (['COMFY_CONNECTION_LOST', 'connection lost before the whole answer arrived'] as const)
    : (['COMFY_UNREACHABLE', 'no connection'] as const);
  return new ComfyClientError(code, `${where.method} ${where.url}: ${text} (${reason})`, {
    details: { ...where, connected, reason },
    cause,
  });
}
