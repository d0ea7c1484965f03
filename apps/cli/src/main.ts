import { Command, CommanderError } from 'commander';
import { declareBench } from './commands/bench.ts';
import { declareDoctor } from './commands/doctor.ts';
import { declareExplain } from './commands/explain.ts';
import { declareGate } from './commands/gate.ts';
import { declareGenerate } from './commands/generate.ts';
import { declareServe } from './commands/serve.ts';
import { declareStatus } from './commands/status.ts';
import { exitCodes } from './exit-codes.ts';
import { version } from './workspace.ts';

const json = process.argv.includes('--json');

const program = new Command('dgx-pixels')
  .description('From a bare DGX Spark to SDXL pixel art and LoRA training, each step proved by records')
  .version(version)
  .option('--json', 'print one JSON envelope on stdout')
  .option('-q, --quiet', 'no progress')
  .option('--verbose', 'print the whole error')
  .configureHelp({ showGlobalOptions: true })
  // Usage errors are reported below, in the form of all other errors.
  .configureOutput({ outputError: () => undefined })
  .exitOverride();

for (const declare of [
  declareDoctor,
  declareGenerate,
  declareServe,
  declareBench,
  declareGate,
  declareStatus,
  declareExplain,
]) {
  declare(program);
}

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (thrown.exitCode !== 0 && thrown.code !== 'commander.help') {
    const { reportError } = await import('./report-error.ts');
    const { CliError } = await import('./errors.ts');
    reportError('dgx-pixels', new CliError('CLI_USAGE', thrown.message.replace(/^error: /, '')), { json });
  }
}
