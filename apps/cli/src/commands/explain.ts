import type { Command } from 'commander';
import type { GlobalOptions } from '../run-command.ts';

export function declareExplain(program: Command): void {
  program
    .command('explain [code]')
    .description('what an error code means and what to do about it')
    .action(async (code: string | undefined) => {
      const { runCommand } = await import('../run-command.ts');
      const { explain } = await import('../explain-code.ts');
      await runCommand('explain', program.opts<GlobalOptions>(), () => Promise.resolve(explain(code)));
    });
}
