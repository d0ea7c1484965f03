import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { ComfyClientError } from './errors.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** A file to store on the server. */
export interface UploadFile {
  /** A plain name: no folders. */
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Options of uploads. */
export interface UploadOptions extends CallOptions {
  /** Folder below the server's input folder, parts joined with `/`. @default the input folder itself */
  readonly subfolder?: string | undefined;
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
/** Empty, `.`, `..`, or with a separator or control character in it. */
const noPlainName = /^\.{0,2}$|[/\\\p{Cc}]/u;

function refuse(option: string, message: string): ComfyClientError {
  return new ComfyClientError('COMFY_OPTION_INVALID', message, { details: { option } });
}

/**
 * Posts a file as a form. Nothing is sent if a name could leave the server's input folder.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID for such a name, and for more bytes than the client's maxBodyBytes
 */
export async function postUpload(
  client: ComfyClient,
  path: string,
  file: UploadFile,
  fields: Readonly<Record<string, string>>,
  options: UploadOptions,
): Promise<UploadedImage> {
  const { subfolder = '', overwrite = false } = options;
  if (noPlainName.test(file.filename)) throw refuse('filename', 'filename must be a plain file name');
  if (subfolder !== '' && subfolder.split('/').some((part) => noPlainName.test(part))) {
    throw refuse('subfolder', 'subfolder must be plain names joined with /');
  }
  if (file.bytes.length > client.maxBodyBytes) {
    throw refuse('bytes', `the file has ${file.bytes.length} bytes, the limit is ${client.maxBodyBytes}`);
  }
  const form = new FormData();
  form.set('image', new Blob([file.bytes]), file.filename);
  const all = {
    type: 'input',
    ...(subfolder !== '' && { subfolder }),
    ...(overwrite && { overwrite: 'true' }),
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  const body = new Uint8Array(await encoded.arrayBuffer());
  return requestJson(client, uploadedSchema, { method: 'POST', path, body, contentType }, options);
}
