import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import { profileOption } from './gate.ts';

export function declareStatus(program: Command): void {
  program
    .command('status')
    .description('which records and verdicts this checkout holds')
    .addOption(profileOption())
    .action(async (options: { profile?: string }) => {
      const { runCommand } = await import('../run-command.ts');
      const { status } = await import('../status.ts');
      await runCommand('status', program.opts<GlobalOptions>(), (context) => status(context, options.profile));
    });
}
