import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { ComfyClientError } from './errors.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link uploadImage}. */
export interface UploadImageOptions extends CallOptions {
  /** Replace a file of that name; else the server numbers the new one. @default false */
  readonly overwrite?: boolean | undefined;
}

/** Where the server put an upload. The name may differ from the one asked for. */
export interface UploadedImage {
  readonly name: string;
  readonly subfolder: string;
  readonly type: string;
}

const uploadedSchema = z.object({ name: z.string().min(1), subfolder: z.string().default(''), type: z.string() });

/**
 * Stores a file in the input folder of the server. The bytes are not looked at.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID, before anything is sent, for a name that is empty, `.`, `..` or holds
 * a slash, backslash or control character, and for more than the client's maxBodyBytes
 */
export async function uploadImage(
  client: ComfyClient,
  file: { readonly filename: string; readonly bytes: Uint8Array<ArrayBuffer> },
  options: UploadImageOptions = {},
): Promise<UploadedImage> {
  if (/^\.{0,2}$|[/\\\p{Cc}]/u.test(file.filename)) {
    throw new ComfyClientError('COMFY_OPTION_INVALID', 'filename must be a plain file name', {
      details: { option: 'filename' },
    });
  }
  if (file.bytes.length > client.maxBodyBytes) {
    const text = `the file has ${file.bytes.length} bytes, the limit is ${client.maxBodyBytes}`;
    throw new ComfyClientError('COMFY_OPTION_INVALID', text, { details: { option: 'bytes' } });
  }
  const form = new FormData();
  form.set('image', new Blob([file.bytes]), file.filename);
  form.set('type', 'input');
  if (options.overwrite === true) form.set('overwrite', 'true');
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  const body = new Uint8Array(await encoded.arrayBuffer());
  return requestJson(client, uploadedSchema, { method: 'POST', path: '/upload/image', body, contentType }, options);
}
