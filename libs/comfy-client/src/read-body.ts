import type { IncomingMessage } from 'node:http';

import { ComfyClientError } from './errors.ts';
import type { HttpReply } from './send-request.ts';

/** Exactly one of these is called, once. */
export interface ReplyListener {
  readonly onReply: (reply: HttpReply) => void;
  readonly onTooLarge: (error: ComfyClientError) => void;
  readonly onLost: (cause: unknown) => void;
}

/** Collects the body of a response up to `maxBytes`; an answer cut short is a loss, never a short reply. */
export function openReplyReader(
  response: IncomingMessage,
  maxBytes: number,
  where: { readonly method: string; readonly url: string },
  listener: ReplyListener,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const refuse = (size: number): void =>
    listener.onTooLarge(
      new ComfyClientError(
        'COMFY_REPLY_TOO_LARGE',
        `${where.method} ${where.url}: ${size} bytes or more, limit ${maxBytes}`,
        {
          details: { ...where, status: response.statusCode ?? 0, bytes: size, maxBytes },
        },
      ),
    );

  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > maxBytes) {
    response.on('error', () => undefined);
    refuse(announced);
    return;
  }
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) refuse(bytes);
    else chunks.push(chunk);
  });
  response.on('error', listener.onLost);
  response.on('end', () => {
    if (!response.complete) {
      listener.onLost(new Error('answer cut short'));
      return;
    }
    listener.onReply({
      status: response.statusCode ?? 0,
      contentType: response.headers['content-type'] ?? '',
      location: response.headers.location ?? null,
      bytes: Buffer.concat(chunks),
    });
  });
}
