import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ImageReference, type JobResult, runWorkflow, viewImage } from '@dgx-pixels/comfy-client';
import type { EngineHandle } from '@dgx-pixels/comfy-host';
import type { CommandContext } from './command-context.ts';
import { openChosenEngine } from './choose-engine.ts';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { showRunProgress } from './generate-progress.ts';
import type { CommandResult } from './output/envelope.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import { halfBlockPicture } from './output/half-block-picture.ts';
import { runError } from './run-error.ts';
import { textToImageGraph } from './text-to-image-graph.ts';
import { writeNewFile } from './write-new-file.ts';

export interface GenerateRunOptions extends Omit<GenerateOptions, 'prompt'> {
  readonly prompt?: string;
  readonly template?: string;
  readonly set: readonly string[];
}

interface GenerateOptions {
  readonly prompt: string;
  readonly negative: string;
  readonly seed?: bigint;
  readonly steps: number;
  readonly cfg: number;
  readonly sampler: string;
  readonly scheduler: string;
  readonly width: number;
  readonly height: number;
  readonly batch: number;
  readonly checkpoint?: string;
  readonly output: string;
  readonly url?: string;
}

const usageHint = 'npx dgx-pixels generate run --help';

/** The templates' usual names → options of the command for the same. */
const templateOptions = [
  ['positive', 'prompt'],
  ['negative', 'negative'],
  ['seed', 'seed'],
  ['steps', 'steps'],
  ['cfg', 'cfg'],
  ['sampler', 'sampler'],
  ['scheduler', 'scheduler'],
  ['width', 'width'],
  ['height', 'height'],
  ['batchSize', 'batch'],
  ['checkpoint', 'checkpoint'],
] as const;

/**
 * Makes images: from a prompt as the server draws them, or from a template, finished and checked.
 *
 * @param typed - names of the options that were given, as against their defaults
 */
export async function generateRun(
  context: CommandContext,
  options: GenerateRunOptions,
  typed: readonly string[],
): Promise<CommandResult> {
  const { prompt, template, set, output, url } = options;
  if (template !== undefined) {
    const values: Record<string, unknown> = {};
    for (const [name, option] of templateOptions) if (typed.includes(option)) values[name] = options[option];
    const { generateTemplate } = await import('./generate-template.ts');
    return generateTemplate(context, { template, set, values, output, url });
  }
  if (prompt === undefined) throw new CliError('CLI_USAGE', 'give --prompt, or --template', { hint: usageHint });
  if (set.length > 0) throw new CliError('CLI_USAGE', '--set is for a --template', { hint: usageHint });
  return generateFromPrompt(context, { ...options, prompt });
}

/** Makes images from a prompt and writes them into the output folder. */
async function generateFromPrompt(context: CommandContext, options: GenerateOptions): Promise<CommandResult> {
  const { progress, signal } = context;
  const seed = options.seed ?? randomBytes(8).readBigUInt64BE() >> 11n;
  const folder = await makeOutputFolder(context.workingDirectory, options.output);
  progress.update('starting the engine');
  const engine = await openChosenEngine(options.url, { signal });
  try {
    const checkpoint = options.checkpoint ?? engine.checkpoints[0] ?? '';
    const graph = textToImageGraph({ ...options, seed, checkpoint });
    const result = await runWorkflow(engine.client, graph, {
      signal,
      onEvent: showRunProgress(context.progress, graph, ''),
    });
    return await report(context, options, { engine, seed, result, folder });
  } finally {
    await engine.close();
  }
}

interface Outcome {
  readonly engine: EngineHandle;
  readonly seed: bigint;
  readonly result: JobResult;
  /** Where the images go. */
  readonly folder: string;
}

async function report(context: CommandContext, options: GenerateOptions, outcome: Outcome): Promise<CommandResult> {
  const { engine, result, seed, folder } = outcome;
  const facts = { engine: engine.kind, engineVersion: engine.version, seed: seed.toString(), prompt: options.prompt };
  if (result.status !== 'succeeded') throw runError(result);
  const files = [];
  let picture = '';
  for (const [index, image] of result.images.entries()) {
    const { bytes } = await viewImage(engine.client, image, { signal: context.signal });
    files.push(await writeNewFile(join(folder, fileName(image)), bytes));
    if (index === 0 && process.stdout.isTTY) picture = `${await halfBlockPicture(bytes)}\n`;
  }
  const seconds = (result.clientMs / 1000).toFixed(1);
  const text = `${picture}${files.join('\n')}\n${result.images.length} image(s) in ${seconds} s, seed ${seed.toString()}, ${engine.kind} engine`;
  return { exitCode: exitCodes.done, data: { ...facts, files, clientMs: result.clientMs }, text };
}

/** The server's file name, as far as it is a plain name. */
function fileName({ filename }: ImageReference): string {
  return filename.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
}
