import { type Command, Option } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import { profileOption } from './gate.ts';

export function declareDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at this host and at the engine; --record keeps what was measured')
    .addOption(new Option('--only <part>', 'look at one part').choices(['host', 'engine']))
    .addOption(profileOption())
    .option('--url <address>', 'the ComfyUI server to look at (default: DGX_PIXELS_COMFY_URL)')
    .option('--record', 'write records to bench/results')
    .action(async (options: { only?: 'host' | 'engine'; profile?: string; url?: string; record?: boolean }) => {
      const { runCommand } = await import('../run-command.ts');
      const { doctor } = await import('../doctor.ts');
      await runCommand('doctor', program.opts<GlobalOptions>(), (context) => doctor(context, options));
    });
}
