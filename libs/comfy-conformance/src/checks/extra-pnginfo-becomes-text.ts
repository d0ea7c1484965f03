import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { savedPicture } from '../graph.ts';
import { jsonOf } from '../json-of.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';
import { conformanceFolder } from '../upload.ts';
import { withoutOption } from '../without-option.ts';

/** Every member of extra_pnginfo becomes a text of the PNG. */
export const extraPnginfoBecomesText: ConformanceCheck = {
  id: 'extra-pnginfo-becomes-text',
  area: 'png',
  statement: 'Every member of extra_pnginfo becomes a text of the PNG',
  async run(context) {
    withoutOption(context, '--disable-metadata');
    const workflow = { nodes: [1, 2], name: 'a "quoted" name' };
    const more = { extra_data: { extra_pnginfo: { workflow, dgx_pixels: context.target.runId } } };
    const ended = await runToSuccess(context, savedPicture(`${conformanceFolder}/${context.target.runId}-info`), {
      more,
    });
    const { texts } = readPng((await context.view(picturesOf(ended, 'saved')[0])).bytes);
    return compare(
      { workflow, dgx_pixels: context.target.runId },
      { workflow: jsonOf(texts.get('workflow')), dgx_pixels: jsonOf(texts.get('dgx_pixels')) },
    );
  },
};
