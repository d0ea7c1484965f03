import type { ComfyClient } from './client.ts';
import { postUpload, type UploadedImage, type UploadFile, type UploadOptions } from './post-upload.ts';

/**
 * Stores a file in the input folder of the server, where `LoadImage` finds it. The bytes are not looked at.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID, before anything is sent, for a name or folder that is empty, `.`, `..` or
 * holds a separator or control character, and for more than the client's maxBodyBytes
 */
export async function uploadImage(
  client: ComfyClient,
  file: UploadFile,
  options: UploadOptions = {},
): Promise<UploadedImage> {
  return postUpload(client, '/upload/image', file, {}, options);
}
