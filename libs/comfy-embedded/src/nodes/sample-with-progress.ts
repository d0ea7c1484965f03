import type { ImageBatch, SampleRequest } from '../engine/pixel-engine.ts';
import { encodePng } from '../png/encode-png.ts';
import { quantiseImage } from '../png/quantise-image.ts';
import type { NodeContext, NodeResult, PreviewImage } from './define-node.ts';

/** Previews are small and soon replaced: speed counts. */
const compressionLevel = 1;

/** The first picture of a batch, as ComfyUI previews it. */
async function previewOf(images: ImageBatch | undefined): Promise<PreviewImage | undefined> {
  if (images === undefined) return undefined;
  return { type: 'image/png', bytes: await encodePng(await quantiseImage(images, 0), [], compressionLevel) };
}

/** Runs a sampler and reports each of its steps, with a picture of the unfinished work if clients want it. */
export async function sampleWithProgress(
  request: SampleRequest,
  { engine, signal, showsPreviews, reportProgress }: NodeContext,
): Promise<NodeResult> {
  let reported = Promise.resolve();
  const onStep = (step: number, steps: number, images?: ImageBatch): void => {
    reported = reported.then(async () => reportProgress(step, steps, await previewOf(images)));
  };
  const latent = await engine.sample({ ...request, previews: showsPreviews }, { signal, onStep });
  await reported;
  return { outputs: [{ type: 'LATENT', value: latent }] };
}
