import { runWorkflow, viewImage } from '@dgx-pixels/comfy-client';
import type { SucceededJob } from '@dgx-pixels/comfy-client';
import type { EngineCheckPayload } from '@dgx-pixels/evidence';
import { sha256Hex } from '@dgx-pixels/evidence';
import { describeEnd } from './describe-end.ts';
import type { EngineHandle } from './engine-handle.ts';
import { readPngSize } from './read-png-size.ts';
import type { CheckedImage, ServerCheck } from './server-check.ts';
import { freshNodes } from './text-to-image-request.ts';
import type { TextToImageRequest } from './text-to-image-request.ts';

/** What the run showed: three checks in any case, and the images when there are some. */
export interface TextToImageCheck {
  readonly checks: readonly ServerCheck[];
  readonly textToImage: EngineCheckPayload['textToImage'];
  readonly images: readonly CheckedImage[];
}

/** Evidence holds at most so many images of one check. */
const maxImages = 64;

/** Runs the request and looks at everything that came back. */
export async function checkTextToImage(
  handle: EngineHandle,
  request: TextToImageRequest,
  options: { readonly signal?: AbortSignal | undefined; readonly timeoutMs: number },
): Promise<TextToImageCheck> {
  const job = await runWorkflow(handle.client, request.graph, { ...options, digestOutputs: false });
  if (job.status !== 'succeeded') {
    const notReached = { passed: false, detail: 'not reached' };
    return {
      checks: [
        { id: 'completesTextToImage', passed: false, detail: describeEnd(job) },
        { id: 'runsSamplerDecoderAndWriter', ...notReached },
        { id: 'savesRequestedImages', ...notReached },
      ],
      textToImage: null,
      images: [],
    };
  }
  const { images, fault } = await receiveImages(handle, job, request, options.signal);
  const idle = freshNodes.filter((id) => !job.executedNodes.includes(id) || job.cachedNodes.includes(id));
  const clientMs = Math.round(job.clientMs);
  const size = `${request.width} × ${request.height}`;
  return {
    checks: [
      { id: 'completesTextToImage', passed: true, detail: `prompt ${job.promptId} took ${clientMs} ms` },
      {
        id: 'runsSamplerDecoderAndWriter',
        passed: idle.length === 0,
        detail: idle.length === 0 ? `nodes ${freshNodes.join(', ')} ran` : `no sign that nodes ${idle.join(', ')} ran`,
      },
      { id: 'savesRequestedImages', passed: fault === null, detail: fault ?? `${images.length} PNG of ${size}` },
    ],
    textToImage:
      images.length === 0
        ? null
        : { promptId: job.promptId, clientMs: job.clientMs, images: images.map((image) => image.facts) },
    images,
  };
}

async function receiveImages(
  handle: EngineHandle,
  job: SucceededJob,
  request: TextToImageRequest,
  signal: AbortSignal | undefined,
): Promise<{ images: CheckedImage[]; fault: string | null }> {
  const images: CheckedImage[] = [];
  const faults: string[] = [];
  if (job.images.length !== request.batchSize)
    faults.push(`${job.images.length} files instead of ${request.batchSize}`);
  for (const [index, reference] of job.images.slice(0, maxImages).entries()) {
    const { bytes } = await viewImage(handle.client, reference, { signal });
    const png = readPngSize(bytes);
    if (png.status === 'faulty') {
      faults.push(`file ${index + 1}: ${png.fault}`);
      continue;
    }
    const { width, height } = png;
    if (width !== request.width || height !== request.height) {
      faults.push(`file ${index + 1} has ${width} × ${height} pixels instead of ${request.width} × ${request.height}`);
    }
    const path = `images/engine-check-${index + 1}.png`;
    images.push({ facts: { path, width, height, bytes: bytes.length, sha256: sha256Hex(bytes) }, data: bytes });
  }
  return { images, fault: faults.length === 0 ? null : faults.slice(0, 5).join('; ') };
}
