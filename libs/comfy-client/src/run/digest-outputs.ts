import { createHash } from 'node:crypto';

import type { ComfyClient } from '../client.ts';
import { ComfyClientError } from '../errors.ts';
import type { ImageReference } from '../schema/history.ts';
import { viewImage } from '../view-image.ts';

/** A file of a prompt, and what it held when the run ended. */
export interface OutputFile extends ImageReference {
  /** Size; null if it was not downloaded. */
  readonly bytes: number | null;
  /** Lower-case hex; null if it was not downloaded. */
  readonly sha256: string | null;
}

/** Files whose content is known, or the first that the server names but does not have. */
export type DigestedOutputs =
  | { readonly status: 'whole'; readonly files: readonly OutputFile[] }
  | { readonly status: 'missing'; readonly image: ImageReference };

/** The files as history lists them, without a look at their content. */
export function listOutputs(images: readonly ImageReference[]): OutputFile[] {
  return images.map((image) => ({ ...image, bytes: null, sha256: null }));
}

/**
 * Downloads each file once, one after the other, for its size and SHA-256. A file too large for the client, or a server
 * that stops answering, leaves the rest unknown: the prompt has succeeded all the same. Only a file that the server
 * does not have (404) is `missing`.
 */
export async function digestOutputs(
  client: ComfyClient,
  images: readonly ImageReference[],
  signal: AbortSignal,
): Promise<DigestedOutputs> {
  const files: OutputFile[] = [];
  for (const image of images) {
    try {
      const { bytes } = await viewImage(client, image, { signal });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.push({ ...image, bytes: bytes.length, sha256 });
    } catch (error) {
      if (error instanceof ComfyClientError && error.details['status'] === 404) return { status: 'missing', image };
      if (!(error instanceof ComfyClientError) || error.code !== 'COMFY_REPLY_TOO_LARGE') {
        const rest = images.slice(files.length);
        return { status: 'whole', files: [...files, ...listOutputs(rest)] };
      }
      files.push({ ...image, bytes: null, sha256: null });
    }
  }
  return { status: 'whole', files };
}
