import type { ComfyClient } from './client.ts';
import { postUpload, type UploadedImage, type UploadFile, type UploadOptions } from './post-upload.ts';

/**
 * Stores a copy of a picture on the server with the alpha channel of the file as its own: a mask drawn over it.
 *
 * @param original - the picture, as `uploadImage` or a run named it
 * @throws ComfyClientError as `uploadImage`
 */
export async function uploadMask(
  client: ComfyClient,
  file: UploadFile,
  original: { readonly filename: string; readonly subfolder: string; readonly type: string },
  options: UploadOptions = {},
): Promise<UploadedImage> {
  const { filename, subfolder, type } = original;
  const reference = JSON.stringify({ filename, subfolder, type });
  return postUpload(client, '/upload/mask', file, { original_ref: reference }, options);
}
