import type { Command } from 'commander';
import type { ComfyConformanceOptions } from '../comfy-conformance.ts';
import type { ComfyTypesOptions } from '../comfy-types.ts';
import type { GlobalOptions } from '../run-command.ts';

/** Collects the values of an option that may be given several times. */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function declareComfy(program: Command): void {
  const comfy = program.command('comfy').description('ComfyUI servers: what they must do, and their node classes');
  comfy
    .command('types')
    .description('declare the node classes of a server in TypeScript, for workflows that the compiler checks')
    .option('--from <address or file>', 'a server, or a saved /object_info (default: the engine of generate run)')
    .option('-o, --output <file>', 'where to write the module (default: show it)')
    .action(async (options: ComfyTypesOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { comfyTypes } = await import('../comfy-types.ts');
      await runCommand('comfy types', program.opts<GlobalOptions>(), (context) => comfyTypes(context, options));
    });
  comfy
    .command('conformance')
    .description('check which statements about the ComfyUI protocol hold of a server, and write a record of it')
    .option('--url <address>', 'the server (default: DGX_PIXELS_COMFY_URL, else an embedded one)')
    .option('--only <area or id>', 'a part of the checks, without a record; may be given several times', collect, [])
    .option('--checkpoint <name>', "the model to sample with (default: the server's first)")
    .option('--restart-command <command>', 'a shell command that restarts the server: its restart is checked too')
    .option('-o, --output <file>', 'also write the record to this file')
    .action(async (options: ComfyConformanceOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { comfyConformance } = await import('../comfy-conformance.ts');
      await runCommand('comfy conformance', program.opts<GlobalOptions>(), (context) =>
        comfyConformance(context, options),
      );
    });
}
