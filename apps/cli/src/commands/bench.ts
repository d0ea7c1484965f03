import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import { profileOption } from './gate.ts';

export function declareBench(program: Command): void {
  program
    .command('bench')
    .description('measure image generation')
    .command('run')
    .description('measure every scenario of a profile and write the records that gates judge')
    .addOption(profileOption())
    .option('--url <address>', 'measure this ComfyUI server (default: DGX_PIXELS_COMFY_URL)')
    .option('--verify', 'run each scenario once and check its images, without timing')
    .action(async (options: { profile?: string; url?: string; verify?: boolean }) => {
      const { runCommand } = await import('../run-command.ts');
      const { benchRun } = await import('../bench-run.ts');
      await runCommand('bench run', program.opts<GlobalOptions>(), (context) => benchRun(context, options));
    });
}
