import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import type { GenerateBatchOptions } from '../generate-batch.ts';
import type { GenerateReplayOptions } from '../generate-replay.ts';
import type { GenerateRunOptions } from '../generate-run.ts';
import type { GenerateValidateOptions } from '../generate-validate.ts';
import { imageSide, numberIn, seed } from './number-option.ts';

const serverHelp = 'ComfyUI server to use (default: DGX_PIXELS_COMFY_URL, else the embedded engine)';

/** Collects the values of an option that may be given several times. */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function declareGenerate(program: Command): void {
  const generate = program.command('generate').description('make images');
  declareRun(program, generate);
  generate
    .command('batch <file>')
    .description('make the pictures of many requests, a JSON line or a TOML table each; run again, it goes on')
    .option('-o, --output <folder>', 'where the pictures and the journal go', 'outputs')
    .option('--url <address>', serverHelp)
    .action(async (file: string, options: GenerateBatchOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { generateBatch } = await import('../generate-batch.ts');
      await runCommand('generate batch', program.opts<GlobalOptions>(), (context) =>
        generateBatch(context, file, options),
      );
    });
  generate
    .command('replay <file>')
    .description('make the picture of a PNG or a record.json again, and say what differs')
    .option('-o, --output <folder>', 'keep what was made now in this folder')
    .option('--url <address>', serverHelp)
    .action(async (file: string, options: GenerateReplayOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { generateReplay } = await import('../generate-replay.ts');
      await runCommand('generate replay', program.opts<GlobalOptions>(), (context) =>
        generateReplay(context, file, options),
      );
    });
  generate
    .command('validate <workflow>')
    .description('judge a workflow in API format, or the one in a PNG, without running it')
    .option('--from <address or file>', 'a server, or a saved /object_info (default: the engine of generate run)')
    .action(async (workflow: string, options: GenerateValidateOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { generateValidate } = await import('../generate-validate.ts');
      await runCommand('generate validate', program.opts<GlobalOptions>(), (context) =>
        generateValidate(context, workflow, options),
      );
    });
}

function declareRun(program: Command, generate: Command): void {
  generate
    .command('run')
    .description('make images from a prompt, with the embedded engine or a ComfyUI server')
    .option('-p, --prompt <text>', 'what to draw')
    .option('-t, --template <name>', 'a template of bench/workflows; its pictures are finished and checked')
    .option('--set <name=value>', "a parameter of the template, by the template's name for it", collect, [])
    .option('-n, --negative <text>', 'what to avoid', '')
    .option('--seed <number>', 'the same seed makes the same image (default: random)', seed)
    .option('--steps <number>', 'denoising steps', numberIn(1, 200, 'integer'), 20)
    .option('--cfg <number>', 'guidance scale; 1 turns guidance off', numberIn(0, 100), 7)
    .option('--sampler <name>', 'sampler', 'euler')
    .option('--scheduler <name>', 'noise schedule', 'normal')
    .option('--width <pixels>', 'image width, a multiple of 8', imageSide, 128)
    .option('--height <pixels>', 'image height, a multiple of 8', imageSide, 128)
    .option('--batch <number>', 'images at once', numberIn(1, 4096, 'integer'), 1)
    .option('--checkpoint <name>', "model file (default: the server's first)")
    .option('-o, --output <folder>', 'where the images go', 'outputs')
    .option('--url <address>', serverHelp)
    .action(async (options: GenerateRunOptions, command: Command) => {
      const { runCommand } = await import('../run-command.ts');
      const { generateRun } = await import('../generate-run.ts');
      const typed = Object.keys(options).filter((name) => command.getOptionValueSource(name) === 'cli');
      await runCommand('generate run', program.opts<GlobalOptions>(), (context) =>
        generateRun(context, options, typed),
      );
    });
}
