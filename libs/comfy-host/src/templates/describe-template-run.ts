import { serializeJson, workflowFingerprint } from '@dgx-pixels/comfy-client';
import type { ParameterValues } from '@dgx-pixels/comfy-client';
import { decodePng } from '@dgx-pixels/comfy-embedded';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { TemplateRunPayload } from '@dgx-pixels/evidence';
import { describeRaster } from '@dgx-pixels/pixel-art';
import type { TemplateRun } from './run-template.ts';

/** What a record says of a run, and the files that it names. */
export interface DescribedTemplateRun {
  readonly payload: TemplateRunPayload;
  readonly artifacts: readonly { readonly path: string; readonly data: Buffer }[];
}

/**
 * Puts a run into the form of a `template-run` record.
 *
 * @param prefix - beginning of the pictures' paths beside the record, such as `templates/txt2img/`
 */
export async function describeTemplateRun(run: TemplateRun, prefix: string): Promise<DescribedTemplateRun> {
  const { request, looksChecked, checks, pictures, job } = run;
  const artifacts: { path: string; data: Buffer }[] = [];
  const images: TemplateRunPayload['images'] = [];
  for (const [index, data] of (pictures?.files ?? []).entries()) {
    const path = `${prefix}${index + 1}.png`;
    artifacts.push({ path, data });
    const received = pictures?.received[index];
    if (received === undefined) continue;
    const { opaquePixels, transparentPixels, colours, ...finished } = await describePicture(data);
    images.push({
      received: {
        width: received.raster.width,
        height: received.raster.height,
        sha256: sha256Hex(received.bytes),
        pixelsSha256: received.pixelsSha256,
      },
      finished: { ...finished, path, colours, opaquePixels, transparentPixels },
    });
  }
  const sheet = await describeSheet(run, prefix, artifacts);
  const succeeded = job?.status === 'succeeded' && pictures !== null;
  return {
    payload: {
      template: request.template,
      parameters: recordedValues(request.values),
      graph: serializeJson(request.graph),
      graphSha256: workflowFingerprint(request.graph),
      looksChecked,
      run: succeeded ? { promptId: job.promptId, clientMs: job.clientMs } : null,
      checks: [...checks],
      images,
      sheet,
      missing: {
        ...(!succeeded && { run: checks.find(({ passed }) => !passed)?.detail.slice(0, 500) || 'no pictures' }),
        ...(sheet === null && { sheet: pictures === null ? 'no pictures' : 'the template makes none' }),
      },
    },
    artifacts,
  };
}

async function describeSheet(
  { request, pictures }: TemplateRun,
  prefix: string,
  artifacts: { path: string; data: Buffer }[],
): Promise<TemplateRunPayload['sheet']> {
  const { columns } = request.expected;
  if (pictures?.sheet == null || columns === undefined) return null;
  const path = `${prefix}sheet.png`;
  artifacts.push({ path, data: pictures.sheet });
  const { width, height, sha256, pixelsSha256 } = await describePicture(pictures.sheet);
  return { path, columns, width, height, sha256, pixelsSha256 };
}

async function describePicture(file: Buffer) {
  const raster = await decodePng(file);
  const { colours, opaquePixels, transparentPixels } = describeRaster(raster);
  const { width, height, rgba } = raster;
  const hashes = { sha256: sha256Hex(file), pixelsSha256: sha256Hex(rgba) };
  return { width, height, ...hashes, colours, opaquePixels, transparentPixels };
}

/** JSON numbers hold no seed above 2^53: those are texts of digits. */
function recordedValues(values: ParameterValues): TemplateRunPayload['parameters'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  );
}
