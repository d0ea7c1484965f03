import { type Command, Option } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import type { TrainCheckOptions } from '../train/check.ts';
import type { TrainListOptions } from '../train/ls.ts';
import type { TrainLogsOptions } from '../train/logs.ts';
import type { TrainMeasureOptions } from '../train/measure.ts';
import type { TrainPickOptions } from '../train/pick.ts';
import type { TrainPlanOptions } from '../train/plan.ts';
import type { TrainResumeOptions } from '../train/resume.ts';
import type { TrainSampleOptions } from '../train/sample.ts';
import type { TrainStartOptions } from '../train/start.ts';
import type { TrainStatusOptions } from '../train/status.ts';
import type { TrainStopOptions } from '../train/stop.ts';
import type { TrainVerifyResumeOptions } from '../train/verify-resume.ts';
import { numberIn } from './number-option.ts';

/** Collects the values of an option that may be given several times. */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function declareTrain(program: Command): void {
  const train = program.command('train').description('train LoRA adapters that resume exactly and provably load');
  declareBeginnings(program, train);
  declareRunning(program, train);
  declareResults(program, train);
}

/** Options that say what to train and how. */
function withSettings(command: Command): Command {
  return command
    .option('--config <file>', 'settings in TOML, as in bench/training')
    .addOption(
      new Option('--preset <name>', 'settings to start from (default: embedded)').choices([
        ...['embedded', 'mission', 'throughput', 'quality'],
      ]),
    )
    .option('--dataset <folder>', 'dataset to train on')
    .option('--base <model>', 'bundled, a folder in the form of diffusers, or an SDXL checkpoint')
    .option('--steps <number>', 'updates', numberIn(1, 1_000_000, 'integer'))
    .option('--epochs <number>', 'times that each picture is drawn, instead of --steps', numberIn(0.01, 100_000))
    .option('--batch <number>', 'pictures an update', numberIn(1, 256, 'integer'))
    .option('--rank <number>', 'rank of the adapter', numberIn(1, 128, 'integer'))
    .option('--learning-rate <number>', 'learning rate', numberIn(1e-9, 1))
    .option('--size <pixels>', 'sides of the training pictures', numberIn(64, 2048, 'integer'))
    .option('--background <colour>', '#rrggbb, or contrast for one far from each picture')
    .option('--seed <number>', 'decides everything that is drawn', numberIn(0, 2 ** 48 - 1, 'integer'))
    .option('--threads <number>', 'threads on a processor', numberIn(1, 1024, 'integer'))
    .option('--runs <folder>', 'folder that runs lie in (default: runs)');
}

function declareBeginnings(program: Command, train: Command): void {
  withSettings(train.command('plan'))
    .description('say what a run would do, take and make; nothing is started')
    .option('--canary', 'measure a few updates for the time')
    .action(async (options: TrainPlanOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainPlan } = await import('../train/plan.ts');
      await runCommand('train plan', program.opts<GlobalOptions>(), (context) => trainPlan(context, options));
    });
  withSettings(train.command('start'))
    .description('train, and watch it; Ctrl-C stops it with a checkpoint')
    .option('--detach', 'leave it alone: it goes on without this terminal')
    .action(async (options: TrainStartOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainStart } = await import('../train/start.ts');
      await runCommand('train start', program.opts<GlobalOptions>(), (context) => trainStart(context, options));
    });
  withSettings(train.command('verify-resume'))
    .description('prove that a killed and resumed run is the same, bit for bit')
    .option('--half <updates>', 'updates before the checkpoint, and after it', numberIn(4, 100_000, 'integer'), 20)
    .action(async (options: TrainVerifyResumeOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainVerifyResume } = await import('../train/verify-resume.ts');
      await runCommand('train verify-resume', program.opts<GlobalOptions>(), (context) =>
        trainVerifyResume(context, options),
      );
    });
}

const runHelp = 'its name, the end of its name, or latest';
const runsHelp = 'folder that runs lie in (default: runs)';

function declareRunning(program: Command, train: Command): void {
  train
    .command('status')
    .description('say how a run stands, from its files and its process')
    .argument('[run]', runHelp, 'latest')
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainStatusOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainStatus } = await import('../train/status.ts');
      await runCommand('train status', program.opts<GlobalOptions>(), (context) => trainStatus(context, run, options));
    });
  train
    .command('logs')
    .description('the end of what the trainer printed')
    .argument('[run]', runHelp, 'latest')
    .option('--lines <number>', 'how many', numberIn(1, 10_000, 'integer'), 40)
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainLogsOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainLogs } = await import('../train/logs.ts');
      await runCommand('train logs', program.opts<GlobalOptions>(), (context) => trainLogs(context, run, options));
    });
  train
    .command('stop')
    .description('stop a run with a checkpoint; ends when its process has ended')
    .argument('[run]', runHelp, 'latest')
    .option('--now', 'at once: what was done since the last checkpoint is done again')
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainStopOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainStop } = await import('../train/stop.ts');
      await runCommand('train stop', program.opts<GlobalOptions>(), (context) => trainStop(context, run, options));
    });
  train
    .command('resume')
    .description('go on from the newest checkpoint; a run that is being trained is watched')
    .argument('[run]', runHelp, 'latest')
    .option('--restarts <number>', 'how often to start again after faults that may pass', numberIn(0, 10, 'integer'))
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainResumeOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainResume } = await import('../train/resume.ts');
      await runCommand('train resume', program.opts<GlobalOptions>(), (context) => trainResume(context, run, options));
    });
  train
    .command('ls')
    .description('list runs, newest first')
    .option('--runs <folder>', runsHelp)
    .action(async (options: TrainListOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainList } = await import('../train/ls.ts');
      await runCommand('train ls', program.opts<GlobalOptions>(), (context) => trainList(context, options));
    });
}

function declareResults(program: Command, train: Command): void {
  train
    .command('sample')
    .description('draw the same prompts with base and checkpoints, measure the style, write a side-by-side page')
    .argument('[run]', runHelp, 'latest')
    .option('-p, --prompt <text>', 'what to draw (default: captions of held-out pictures)', collect, [])
    .option('-s, --seed <number>', 'seed of each prompt (default: 1 and 2)', collect, [])
    .option('--step <updates>', 'checkpoint to measure (default: the recommended one)', numberIn(1, 1e6, 'integer'))
    .option('--cfg <number>', 'guidance scale', numberIn(0, 100))
    .option('--sampler-steps <number>', 'denoising steps', numberIn(1, 200, 'integer'))
    .option('-o, --output <folder>', 'where the page and the pictures go (default: in the run)')
    .option('--url <address>', 'ComfyUI server to use (default: DGX_PIXELS_COMFY_URL, else the embedded engine)')
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainSampleOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainSample } = await import('../train/sample.ts');
      await runCommand('train sample', program.opts<GlobalOptions>(), (context) => trainSample(context, run, options));
    });
  train
    .command('check <file>')
    .description('say whether an adapter file is whole: every layer, shape, value and fact in its header')
    .addOption(new Option('--base <model>', 'what it is for').choices(['bundled', 'sdxl']).default('sdxl'))
    .addOption(
      new Option('--targets <layers>', 'layers that should have an adapter')
        .choices(['attention', 'attention-ff', 'attention-ff-proj'])
        .default('attention-ff-proj'),
    )
    .option('--rank <number>', 'rank that it should have', numberIn(1, 128, 'integer'))
    .action(async (file: string, options: TrainCheckOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainCheck } = await import('../train/check.ts');
      await runCommand('train check', program.opts<GlobalOptions>(), (context) => trainCheck(context, file, options));
    });
  train
    .command('measure')
    .description("train the profile's example adapter and prove it; leaves a record")
    .option('--profile <name>', 'profile that the evidence counts for')
    .option('--base <model>', 'base model (default: of the configuration, else DGX_PIXELS_BASE_MODEL)')
    .option('--run <run>', 'measure this run, which is done, instead of training one')
    .option('--url <address>', 'ComfyUI server to draw with (default: DGX_PIXELS_COMFY_URL)')
    .option('--runs <folder>', runsHelp)
    .action(async (options: TrainMeasureOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainMeasure } = await import('../train/measure.ts');
      await runCommand('train measure', program.opts<GlobalOptions>(), (context) => trainMeasure(context, options));
    });
  train
    .command('pick')
    .description('say which checkpoint to use, and copy or export its adapter')
    .argument('[run]', runHelp, 'latest')
    .option('--step <updates>', 'another checkpoint than the recommended one', numberIn(1, 1e6, 'integer'))
    .option('-o, --output <file>', 'copy the adapter there, in the form that ComfyUI reads')
    .option('--export-to <folder>', "write it there in ComfyUI's and in diffusers' form")
    .option('--runs <folder>', runsHelp)
    .action(async (run: string, options: TrainPickOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { trainPick } = await import('../train/pick.ts');
      await runCommand('train pick', program.opts<GlobalOptions>(), (context) => trainPick(context, run, options));
    });
}
