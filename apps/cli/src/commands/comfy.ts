import type { Command } from 'commander';
import type { ComfyTypesOptions } from '../comfy-types.ts';
import type { GlobalOptions } from '../run-command.ts';

export function declareComfy(program: Command): void {
  program
    .command('comfy')
    .description('ComfyUI servers and their node classes')
    .command('types')
    .description('declare the node classes of a server in TypeScript, for workflows that the compiler checks')
    .option('--from <address or file>', 'a server, or a saved /object_info (default: the engine of generate run)')
    .option('-o, --output <file>', 'where to write the module (default: show it)')
    .action(async (options: ComfyTypesOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { comfyTypes } = await import('../comfy-types.ts');
      await runCommand('comfy types', program.opts<GlobalOptions>(), (context) => comfyTypes(context, options));
    });
}
