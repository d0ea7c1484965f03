import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import { numberIn } from './number-option.ts';

export function declareServe(program: Command): void {
  program
    .command('serve')
    .description('serve the embedded engine to other ComfyUI clients on 127.0.0.1')
    .requiredOption('--embedded', 'the engine to serve (the only one that this command starts)')
    .option('--port <number>', 'port to listen on; 0 takes a free one', numberIn(0, 65_535, 'integer'), 8188)
    .option('--output <folder>', 'where generated images go', 'outputs')
    .option('--threads <number>', 'threads of the engine', numberIn(1, 256, 'integer'))
    .action(async (options: { port: number; output: string; threads?: number }) => {
      const { runCommand } = await import('../run-command.ts');
      const { serve } = await import('../serve.ts');
      await runCommand('serve', program.opts<GlobalOptions>(), (context) => serve(context, options));
    });
}
