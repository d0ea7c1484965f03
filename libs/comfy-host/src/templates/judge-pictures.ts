import { serializeJson, viewImage } from '@dgx-pixels/comfy-client';
import type { SucceededJob } from '@dgx-pixels/comfy-client';
import { decodePng, type TextChunk } from '@dgx-pixels/comfy-embedded';
import type { EngineHandle } from '../engine-handle.ts';
import type { ServerCheck } from '../server-check.ts';
import { checkForm, checkLooks, checkReceived } from './check-pictures.ts';
import { type FinishedPictures, finishPictures, readPicture, type ReceivedPicture } from './finish-pictures.ts';
import type { TemplateRequest } from './prepare-request.ts';

/** Pictures of a run, as received and as finished; both lists have the same order. */
export interface TemplatePictures extends FinishedPictures {
  readonly received: readonly ReceivedPicture[];
}

/** Keyword of the text, beside ComfyUI's `prompt`, that says how a finished picture was made. */
export const originKeyword = 'dgx-pixels';

/** More files than a record takes are not looked at. */
const maxPictures = 64;

/** Fetches the pictures of a run, finishes them and checks the finished files as if they came from elsewhere. */
export async function judgePictures(
  engine: EngineHandle,
  request: TemplateRequest,
  job: SucceededJob,
  options: { readonly looksChecked: boolean; readonly signal?: AbortSignal | undefined },
): Promise<{ readonly checks: readonly ServerCheck[]; readonly pictures: TemplatePictures | null }> {
  const received: ReceivedPicture[] = [];
  for (const reference of job.images.slice(0, maxPictures)) {
    const { bytes } = await viewImage(engine.client, reference, { signal: options.signal });
    try {
      received.push(await readPicture(bytes));
    } catch (error) {
      const detail = error instanceof Error ? error.message.slice(0, 2000) : 'it cannot be decoded';
      return { checks: [{ id: 'bringsPictures', passed: false, detail }], pictures: null };
    }
  }
  const { expected } = request;
  const brings = checkReceived(
    received.map(({ raster }) => raster),
    expected,
  );
  if (!brings.passed) return { checks: [brings], pictures: null };
  const rasters = received.map(({ raster }) => raster);
  const finished = await finishPictures(rasters, expected, (index) => textsOf(engine, request, index));
  const seen = [];
  for (const file of finished.files) seen.push(await decodePng(file));
  const checks = [brings, ...checkForm(seen, expected), ...(options.looksChecked ? checkLooks(seen, expected) : [])];
  return { checks, pictures: { ...finished, received } };
}

/** The request, as ComfyUI itself writes it into pictures, and what made the picture. */
function textsOf(
  { kind, version, modelSha256 }: EngineHandle,
  { template, graph }: TemplateRequest,
  index: number | 'sheet',
): readonly TextChunk[] {
  const origin = {
    template,
    picture: index === 'sheet' ? 'sheet' : index + 1,
    engine: { kind, version, modelSha256: [...modelSha256] },
  };
  return [
    { keyword: 'prompt', text: asciiJson(serializeJson(graph)) },
    { keyword: originKeyword, text: asciiJson(serializeJson(origin)) },
  ];
}

/** PNG texts are Latin-1; JSON can say everything in ASCII. */
function asciiJson(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
