import { checkWhole, type ComfyClient } from './client.ts';
import { ComfyClientError } from './errors.ts';
import { expectOk } from './read-reply.ts';
import type { ImageReference } from './schema/history.ts';
import { sendRequest, type CallOptions, type RequestDescription } from './send-request.ts';

/** Options of {@link viewImage}. */
export interface ViewImageOptions extends CallOptions {
  /** @default the client's maxBodyBytes */
  readonly maxBytes?: number | undefined;
  /** Ask for a re-encoded picture instead of the file. Quality 1 … 100. */
  readonly preview?: { readonly format: 'webp' | 'jpeg'; readonly quality: number } | undefined;
  /** Only the colours or only the alpha channel; the server then answers with a PNG of its own. */
  readonly channel?: 'rgb' | 'a' | undefined;
}

/** A downloaded file. */
export interface ImageFile {
  readonly bytes: Uint8Array;
  /** As the server claims. */
  readonly contentType: string;
}

/**
 * Downloads a file that a prompt produced. The bytes are not decoded.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 404 when the file is gone; COMFY_REPLY_TOO_LARGE;
 * COMFY_REPLY_INVALID for an empty file; COMFY_OPTION_INVALID for a quality outside its range.
 */
export async function viewImage(
  client: ComfyClient,
  image: Pick<ImageReference, 'filename' | 'subfolder' | 'type'>,
  options: ViewImageOptions = {},
): Promise<ImageFile> {
  const query = new URLSearchParams({ filename: image.filename, subfolder: image.subfolder, type: image.type });
  const { preview, channel } = options;
  if (preview !== undefined) {
    query.set('preview', `${preview.format};${checkWhole('preview.quality', preview.quality, 100)}`);
  }
  if (channel !== undefined) query.set('channel', channel);
  const request: RequestDescription = { method: 'GET', path: `/view?${query.toString()}`, maxBytes: options.maxBytes };
  const reply = expectOk(await sendRequest(client, request, options), request);
  if (reply.bytes.length === 0) {
    throw new ComfyClientError('COMFY_REPLY_INVALID', `GET ${request.path}: the file is empty`);
  }
  return { bytes: reply.bytes, contentType: reply.contentType };
}
