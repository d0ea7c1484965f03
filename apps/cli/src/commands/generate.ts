import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import type { GenerateOptions } from '../generate-run.ts';
import type { GenerateValidateOptions } from '../generate-validate.ts';
import { imageSide, numberIn, seed } from './number-option.ts';

export function declareGenerate(program: Command): void {
  const generate = program.command('generate').description('make images');
  generate
    .command('run')
    .description('make images from a prompt, with the embedded engine or a ComfyUI server')
    .requiredOption('-p, --prompt <text>', 'what to draw')
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
    .option('--url <address>', 'ComfyUI server to use (default: DGX_PIXELS_COMFY_URL, else the embedded engine)')
    .action(async (options: GenerateOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { generateRun } = await import('../generate-run.ts');
      await runCommand('generate run', program.opts<GlobalOptions>(), (context) => generateRun(context, options));
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
