import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { savedPicture } from '../graph.ts';
import { readForm } from '../http-exchange.ts';
import { jsonOf } from '../json-of.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';
import { conformanceFolder } from '../upload.ts';
import { withoutOption } from '../without-option.ts';

const graphForm = z.record(z.string(), z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }));

/** The PNG of SaveImage carries the prompt as text. */
export const pngCarriesThePrompt: ConformanceCheck = {
  id: 'png-carries-the-prompt',
  area: 'png',
  statement: 'The PNG of SaveImage carries the prompt as text',
  async run(context) {
    withoutOption(context, '--disable-metadata');
    const graph = savedPicture(`${conformanceFolder}/${context.target.runId}-prompt`);
    const ended = await runToSuccess(context, graph);
    const { texts } = readPng((await context.view(picturesOf(ended, 'saved')[0])).bytes);
    const kept = readForm(graphForm, jsonOf(texts.get('prompt')), 'the prompt as JSON in a tEXt chunk');
    return compare(graph, kept);
  },
};
