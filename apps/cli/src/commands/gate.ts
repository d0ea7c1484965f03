import { Argument, type Command, Option } from 'commander';
import type { GlobalOptions } from '../run-command.ts';

export function declareGate(program: Command): void {
  const gate = program.command('gate').description('judge a gate from its records');
  gate
    .command('check')
    .description('judge what lies in bench/results; runs, restores and writes nothing')
    .addArgument(new Argument('<gate>').choices(['m0', 'm1', 'm3']))
    .addOption(profileOption())
    .action(async (name: 'm0' | 'm1', options: { profile?: string }) => {
      const { runCommand } = await import('../run-command.ts');
      const { gateCheck } = await import('../gate-check.ts');
      await runCommand('gate check', program.opts<GlobalOptions>(), (context) =>
        gateCheck(context, name, options.profile),
      );
    });
  gate
    .command('explain <probe>')
    .description('what a probe asks, why, and what to do when it is not met')
    .action(async (probe: string) => {
      const { runCommand } = await import('../run-command.ts');
      const { gateExplain } = await import('../gate-explain.ts');
      await runCommand('gate explain', program.opts<GlobalOptions>(), () => Promise.resolve(gateExplain(probe)));
    });
}

export function profileOption(): Option {
  return new Option('--profile <name>', 'which engine and rules (default: what fits this host)').choices([
    'embedded',
    'comfyui',
    'gb10-fast',
    'gb10-full',
  ]);
}
