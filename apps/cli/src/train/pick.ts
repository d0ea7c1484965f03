import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { copyAdapter, exportCheckpoint, findRun, pickCheckpoint, readRun } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { runsFolderOf, trainerProgram } from './train-settings.ts';

export interface TrainPickOptions {
  readonly runs?: string;
  readonly step?: number;
  readonly output?: string;
  readonly exportTo?: string;
}

/** Says which checkpoint to use, and copies or exports its adapter. */
export async function trainPick(
  context: CommandContext,
  name: string,
  { runs, step, output, exportTo }: TrainPickOptions,
): Promise<CommandResult> {
  const { workingDirectory } = context;
  const run = await readRun(await findRun(runsFolderOf(context, runs), name));
  const picked = pickCheckpoint(run, step ?? null);
  const lines = [`update ${picked.step} (${picked.why}): ${picked.adapter}`];
  if (output !== undefined) {
    const to = resolve(workingDirectory, output);
    await refuseFolder(to, output);
    await copyAdapter(picked, to);
    lines.push(`copied to ${output}`);
  }
  if (exportTo !== undefined) {
    await exportCheckpoint(picked, resolve(workingDirectory, exportTo), trainerProgram(context));
    lines.push(`${exportTo}/adapter.safetensors (kohya), ${exportTo}/pytorch_lora_weights.safetensors (diffusers)`);
  }
  const next =
    output === undefined
      ? [`npx dgx-pixels train pick ${run.id} --output <ComfyUI>/models/loras/${run.request.dataset.name}.safetensors`]
      : [`npx dgx-pixels train check ${output} --base ${run.request.base.kind === 'bundled' ? 'bundled' : 'sdxl'}`];
  return { exitCode: exitCodes.done, data: { run: run.id, ...picked }, text: lines.join('\n'), next };
}

async function refuseFolder(path: string, named: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) throw new CliError('CLI_USAGE', `${named} is a folder; name the file to write`);
}
