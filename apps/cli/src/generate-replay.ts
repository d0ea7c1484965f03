import { join, parse } from 'node:path';
import {
  applyParameters,
  defaultParameters,
  expectedTemplateOutput,
  freeMemory,
  getObjectInfo,
  runWorkflow,
  validateWorkflow,
  viewImage,
  workflowFingerprint,
} from '@dgx-pixels/comfy-client';
import { decodePng } from '@dgx-pixels/comfy-embedded';
import { adaptersOf, ComfyHostError, type EngineHandle, loadTemplate, uploadFixtures } from '@dgx-pixels/comfy-host';
import { type LoadedTemplate, readPicture, runRequest } from '@dgx-pixels/comfy-host';
import { openChosenEngine } from './choose-engine.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { showRunProgress } from './generate-progress.ts';
import { compareEngines, comparePictures, compareTemplate, type Difference } from './generate-replay-compare.ts';
import type { ReplayedPictures } from './generate-replay-compare.ts';
import { readReplaySource, type ReplaySource } from './generate-replay-source.ts';
import { refused } from './generate-template.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';
import { runError } from './run-error.ts';
import { writeNewFile } from './write-new-file.ts';

export interface GenerateReplayOptions {
  readonly output?: string;
  readonly url?: string;
}

/** Runs the graph of an earlier picture or record again and says what differs. Ends with 3 if the pictures do. */
export async function generateReplay(
  context: CommandContext,
  path: string,
  options: GenerateReplayOptions,
): Promise<CommandResult> {
  const { signal, workspaceRoot, workingDirectory, progress } = context;
  const source = await readReplaySource(context, path);
  const loaded = source.template === null ? null : await findTemplate(workspaceRoot, source.template);
  const folder = options.output === undefined ? null : await makeOutputFolder(workingDirectory, options.output);
  progress.update('starting the engine');
  const engine = await openChosenEngine(options.url, { signal, adapters: loaded === null ? [] : adaptersOf([loaded]) });
  try {
    const made = await remake(context, engine, source, loaded);
    const pictures = comparePictures(source, made);
    const differences = [...compareEngines(source, engine), ...compareTemplate(source, loaded), ...pictures];
    const files = folder === null ? [] : await writePictures(folder, parse(path).name, made);
    return describe(path, source, engine, { differences, equal: pictures.length === 0, files });
  } finally {
    await engine.close();
  }
}

/** A template that is gone is no fault: the graph of then is known. */
async function findTemplate(workspaceRoot: string, name: string): Promise<LoadedTemplate | null> {
  return loadTemplate(workspaceRoot, name).catch((error: unknown) => {
    if (error instanceof ComfyHostError) return null;
    throw error;
  });
}

async function remake(
  context: CommandContext,
  engine: EngineHandle,
  source: ReplaySource,
  loaded: LoadedTemplate | null,
): Promise<ReplayedPictures> {
  return loaded === null ? remakeGraph(context, engine, source) : remakeTemplate(context, engine, source, loaded);
}

async function remakeTemplate(
  { signal, progress }: CommandContext,
  engine: EngineHandle,
  source: ReplaySource,
  loaded: LoadedTemplate,
): Promise<ReplayedPictures> {
  const { parameters, output } = loaded.template;
  const then = { graph: source.graph, parameters };
  const values = await uploadFixtures(engine.client, loaded, defaultParameters(then), signal);
  const graph = applyParameters(then, values);
  const request = { template: loaded.name, values, graph, expected: expectedTemplateOutput(output, values) };
  const onEvent = showRunProgress(progress, graph, '');
  const run = await runRequest(engine, request, { fresh: true, checkLooks: false, signal, onEvent });
  if (run.faults.length > 0) throw refused(run.faults, graph);
  if (run.job !== null && run.job.status !== 'succeeded') throw runError(run.job);
  const { received = [], files = [], sheet = null } = run.pictures ?? {};
  const finished = [];
  for (const file of files) finished.push(await decodePng(file));
  return { received, finished, sheet: sheet === null ? null : await decodePng(sheet) };
}

async function remakeGraph(
  { signal, progress }: CommandContext,
  engine: EngineHandle,
  { graph }: ReplaySource,
): Promise<ReplayedPictures> {
  const faults = validateWorkflow(graph, await getObjectInfo(engine.client, { signal }));
  if (faults.length > 0) throw refused(faults, graph);
  await freeMemory(engine.client, { freeMemory: true, signal });
  const job = await runWorkflow(engine.client, graph, { signal, onEvent: showRunProgress(progress, graph, '') });
  if (job.status !== 'succeeded') throw runError(job);
  const received = [];
  for (const image of job.images) {
    received.push(await readPicture((await viewImage(engine.client, image, { signal })).bytes));
  }
  return { received, finished: [], sheet: null };
}

async function writePictures(folder: string, name: string, { received }: ReplayedPictures): Promise<string[]> {
  const stem = name.replace(/[^\w-]+/g, '_');
  const files = [];
  for (const [index, { bytes }] of received.entries()) {
    files.push(await writeNewFile(join(folder, `replay-${stem}-${index + 1}.png`), bytes));
  }
  return files;
}

function describe(
  path: string,
  { graph, template }: ReplaySource,
  engine: EngineHandle,
  found: { readonly differences: readonly Difference[]; readonly equal: boolean; readonly files: readonly string[] },
): CommandResult {
  const { differences, equal, files } = found;
  const verdict = equal ? '✔ ok    the pictures are equal, pixel by pixel' : '✖ fail  the pictures differ';
  const lines = differences.map(({ what, then, now }) => `  ${what}: then ${then}; now ${now}`);
  const unchanged = differences.length === 0 ? ['  nothing else differs'] : [];
  return {
    exitCode: equal ? exitCodes.done : exitCodes.answerIsNo,
    data: {
      source: path,
      template,
      fingerprint: workflowFingerprint(graph),
      engine: { kind: engine.kind, version: engine.version, modelSha256: engine.modelSha256 },
      picturesEqual: equal,
      differences,
      files,
    },
    text: plainText([verdict, ...lines, ...unchanged, ...files].join('\n')),
  };
}
