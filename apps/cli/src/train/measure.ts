import { join, relative, resolve } from 'node:path';
import { loadTemplate } from '@dgx-pixels/comfy-host';
import { findRun, writeTrainingRun } from '@dgx-pixels/lora-trainer';
import { chooseProfile } from '../choose-profile.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { durationText } from '../output/remaining-time.ts';
import { readSettings, runsFolderOf, trainerProgram } from './train-settings.ts';

export interface TrainMeasureOptions {
  readonly profile?: string;
  readonly base?: string;
  readonly runs?: string;
  readonly run?: string;
  readonly url?: string;
}

/** Trains the example adapter of a profile and proves it; what was found becomes evidence. */
export async function trainMeasure(context: CommandContext, options: TrainMeasureOptions): Promise<CommandResult> {
  const { progress, signal, workspaceRoot, workingDirectory } = context;
  const profile = await chooseProfile(options.profile);
  const configPath = `bench/training/${profile}.toml`;
  const base = options.base ?? process.env['DGX_PIXELS_BASE_MODEL'];
  const config = await readSettings(context, {
    config: join(workspaceRoot, configPath),
    ...(base !== undefined && { base }),
  });
  const runsFolder = runsFolderOf(context, options.runs);
  const url = profile === 'embedded' ? undefined : (options.url ?? process.env['DGX_PIXELS_COMFY_URL']);
  const { record, runFolder, latestDirectory } = await writeTrainingRun({
    ...{ workspaceRoot, profile, configPath, config, runsFolder, signal },
    program: trainerProgram(context),
    engine: url === undefined ? { kind: 'embedded' } : { kind: 'url', url },
    templates: {
      withAdapter: await loadTemplate(workspaceRoot, 'lora'),
      plain: await loadTemplate(workspaceRoot, 'txt2img'),
    },
    run: options.run === undefined ? undefined : await findRun(runsFolder, options.run),
    onProgress: (step, fraction) => progress.update(step, fraction),
  });
  const { steps, seconds, verdict, reason, recommendedStep, resume, adapter, loading, style } = record.payload;
  const mark = (holds: boolean): string => (holds ? '✔ ok   ' : '✖ fail ');
  const { low, high } = style.overall.difference;
  const folder = relative(workspaceRoot, latestDirectory);
  return {
    exitCode: exitCodes.done,
    data: { ...record.payload, profile, folder, record: record.id, runFolder: resolve(workingDirectory, runFolder) },
    text: [
      `profile ${profile}`,
      `${mark(true)} ${steps} updates in ${durationText(Math.round(seconds.total))}, ${seconds.medianUpdate.toFixed(3)} s each`,
      `${mark(verdict === 'converged')} ${verdict}: ${reason}; checkpoint ${recommendedStep ?? 'none'}`,
      `${mark(resume.exact)} resuming after kill -9 is exact`,
      `${mark(adapter.faults.length === 0)} adapter: ${adapter.modules} of ${adapter.expectedModules} layers, ${(adapter.bytes / 1e6).toFixed(1)} MB ${adapter.faults.join('; ')}`,
      `${mark(loading.zeroIsBase && loading.changed === loading.pictures)} loads: strength 0 is the base, strength 1 changes ${loading.changed} of ${loading.pictures}`,
      `${mark(high < 0)} style: ${style.overall.base.toFixed(2)} → ${style.overall.adapter.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}], ${style.copies} copies`,
      `record and page in ${folder}`,
    ].join('\n'),
  };
}
