import { relative } from 'node:path';
import type { BenchmarkRecord } from '@dgx-pixels/evidence';
import { type BenchProgress, runBenchmark } from '@dgx-pixels/sdxl-bench';
import { chooseProfile } from './choose-profile.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';

export interface BenchRunOptions {
  readonly profile?: string;
  readonly url?: string;
  readonly verify?: boolean;
}

/** Measures every scenario of a profile and writes one record each; with `verify`, only checks the answers. */
export async function benchRun(context: CommandContext, options: BenchRunOptions): Promise<CommandResult> {
  const profile = await chooseProfile(options.profile);
  const { progress, signal, workspaceRoot } = context;
  progress.update(`profile ${profile}`);
  const outcome = await runBenchmark({
    workspaceRoot,
    profile,
    engineUrl: options.url ?? (profile === 'embedded' ? undefined : process.env['DGX_PIXELS_COMFY_URL']),
    signal,
    verifyOnly: options.verify,
    onProgress: (event) => progress.update(describe(event), fraction(event)),
  });
  if (outcome.status === 'verified') {
    return { exitCode: exitCodes.done, data: outcome, text: `every answer is right: ${outcome.scenarios.join(', ')}` };
  }
  const folder = relative(workspaceRoot, outcome.latestDirectory);
  return {
    exitCode: exitCodes.done,
    data: { profile, folder, records: outcome.records },
    text: [...outcome.records.map(line), `records in ${folder}`].join('\n'),
    next: [`npx dgx-pixels gate check m1 --profile ${profile}`],
  };
}

function line({ id, payload }: BenchmarkRecord): string {
  const { scenario, msPerImage, imagesPerMinute } = payload;
  const [least, most] = msPerImage.ci95.map((ms) => ms.toFixed(0));
  const figures = `${msPerImage.median.toFixed(0)} ms an image (95 % interval ${least} to ${most}), ${imagesPerMinute.median.toFixed(0)} images a minute`;
  return `${scenario.name.padEnd(12)} ${figures}, record ${id}`;
}

function describe(event: BenchProgress): string {
  if (event.stage === 'waiting') return `waiting for process ${event.holderPid} (${event.purpose}) to finish measuring`;
  if (event.stage === 'engine') return `engine ${event.version} on ${event.url}`;
  return `${event.scenario}: ${event.phase} ${event.done} of ${event.planned}`;
}

function fraction(event: BenchProgress): number | undefined {
  return event.stage === 'run' ? event.done / Math.max(event.planned, event.done) : undefined;
}
