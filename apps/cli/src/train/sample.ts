import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { loadTemplate } from '@dgx-pixels/comfy-host';
import { writeFileAtomically } from '@dgx-pixels/evidence';
import {
  type Comparison,
  compareRun,
  findRun,
  pageOfRun,
  pickCheckpoint,
  readRun,
  renderComparisonPage,
} from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { makeOutputFolder } from '../make-output-folder.ts';
import type { CommandResult } from '../output/envelope.ts';
import { runsFolderOf } from './train-settings.ts';

export interface TrainSampleOptions {
  readonly runs?: string;
  readonly url?: string;
  readonly prompt: readonly string[];
  readonly seed: readonly string[];
  readonly step?: number;
  readonly cfg?: number;
  readonly samplerSteps?: number;
  readonly output?: string;
}

/** Draws the same prompts with the base model and every checkpoint, measures the style, and writes the side-by-side page. */
export async function trainSample(
  context: CommandContext,
  name: string,
  options: TrainSampleOptions,
): Promise<CommandResult> {
  const { progress, signal, workspaceRoot, workingDirectory } = context;
  const folder = await findRun(runsFolderOf(context, options.runs), name);
  const run = await readRun(folder);
  const { step } = pickCheckpoint(run, options.step ?? null);
  const output = await makeOutputFolder(workingDirectory, options.output ?? join(folder, 'samples'));
  const url = options.url ?? process.env['DGX_PIXELS_COMFY_URL'];
  progress.update('starting the engine');
  const comparison = await compareRun(run, {
    engine: url === undefined ? { kind: 'embedded' } : { kind: 'url', url },
    templates: {
      withAdapter: await loadTemplate(workspaceRoot, 'lora'),
      plain: await loadTemplate(workspaceRoot, 'txt2img'),
    },
    steps: run.history.checkpoints.map((checkpoint) => checkpoint.step),
    evaluated: step,
    prompts: options.prompt.length === 0 ? undefined : options.prompt,
    ...(options.seed.length > 0 && { seeds: options.seed.map(Number) }),
    settings: {
      ...(options.cfg !== undefined && { cfg: options.cfg }),
      ...(options.samplerSteps !== undefined && { steps: options.samplerSteps }),
    },
    signal,
    onProgress: (done, total) => progress.update(`picture ${done} of ${total}`, done / total),
  });
  const files = await writePictures(output, comparison);
  const page = join(output, 'comparison.html');
  await writeFileAtomically(page, renderComparisonPage(await pageOfRun(run, comparison)));
  return {
    exitCode: exitCodes.done,
    data: { run: run.id, page, pictures: files, ...facts(comparison) },
    text: textOf(comparison, relative(workingDirectory, page) || resolve(page)),
    next: [`npx dgx-pixels train pick ${run.id}`],
  };
}

async function writePictures(output: string, { samples }: Comparison): Promise<readonly string[]> {
  const folder = join(output, 'pictures');
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const [index, { step, seed, png }] of samples.entries()) {
    const file = `${String(index).padStart(4, '0')}-update-${step}-seed-${seed}.png`;
    await writeFileAtomically(join(folder, file), png);
    files.push(file);
  }
  return files;
}

function facts({ prompts, seeds, settings, engine, evaluated, evaluation, loading, samples }: Comparison) {
  const drawn = samples.map(({ text, seed, step, pixelsSha256 }) => ({ text, seed, step, pixelsSha256 }));
  return { prompts, seeds, settings, engine, evaluated, evaluation, loading, samples: drawn };
}

function textOf({ evaluation, evaluated, loading }: Comparison, page: string): string {
  const { style, measures, memorisation } = evaluation;
  const lines = [style, ...measures].map(
    ({ measure, base, generated, difference: { low, high }, verdict }) =>
    [measure.padEnd(10), base.toFixed(3), '→', generated.toFixed(3), `[${low.toFixed(3)}, ${high.toFixed(3)}]`, verdict].join(' '), // prettier-ignore
  );
  return [
    `${loading.zeroIsBase ? '✔' : '✖'} at strength 0 the adapter changes nothing; ${loading.changed} of ${loading.pictures} pictures change at strength 1`,
    `distance to the training pictures, base → update ${evaluated}, difference with its 95 % interval`,
    ...lines,
    memorisation.pictures.length === 0
      ? 'no picture is a copy of a training picture'
      : `${memorisation.pictures.length} pictures are copies of training pictures, or nearly`,
    `page ${page}`,
  ].join('\n');
}
