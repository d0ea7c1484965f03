import { Command, CommanderError } from 'commander';
import { declareBench } from './commands/bench.ts';
import { declareComfy } from './commands/comfy.ts';
import { declareDataset } from './commands/dataset.ts';
import { declareDoctor } from './commands/doctor.ts';
import { declareExplain } from './commands/explain.ts';
import { declareGate } from './commands/gate.ts';
import { declareGenerate } from './commands/generate.ts';
import { declareServe } from './commands/serve.ts';
import { declareStatus } from './commands/status.ts';
import { declareTrain } from './commands/train.ts';
import { exitCodes } from './exit-codes.ts';
import { version } from './workspace.ts';

const json = process.argv.includes('--json') || process.argv.includes('--ndjson');
/** Help and version, held back for the envelope. */
let shown = '';

const program = new Command('dgx-pixels')
  .description('From a bare DGX Spark to SDXL pixel art and LoRA training, each step proved by records')
  .version(version)
  .option('--json', 'print one JSON envelope on stdout')
  .option('--ndjson', 'print progress as JSON lines on stdout, then the envelope as the last one')
  .option('-q, --quiet', 'no progress')
  .option('--verbose', 'print the whole error')
  .configureHelp({ showGlobalOptions: true })
  // Usage errors are reported below, in the form of all other errors, and so is all text with --json.
  .configureOutput({
    outputError: () => undefined,
    ...(json && { writeOut: (text: string) => void (shown += text), writeErr: () => undefined }),
  })
  .exitOverride();

for (const declare of [
  declareDoctor,
  declareGenerate,
  declareServe,
  declareComfy,
  declareBench,
  declareDataset,
  declareTrain,
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
  await reportUsage(thrown);
}

/** Help and version end with 0; whatever commander did not understand, with the help of the command that was meant. */
async function reportUsage({ exitCode, code, message }: CommanderError): Promise<void> {
  const words = meantCommand(process.argv.slice(2));
  const name = words.join(' ');
  if (exitCode === 0) {
    const { printEnvelope } = await import('./run-command.ts');
    if (json) printEnvelope(name, { exitCode: exitCodes.done, data: { text: shown } });
    process.exitCode = exitCodes.done;
    return;
  }
  process.exitCode = exitCodes.usage;
  // Without a verb, commander has printed the help already.
  if (code === 'commander.help' && !json) return;
  const { reportError } = await import('./report-error.ts');
  const { CliError } = await import('./errors.ts');
  const what = code === 'commander.help' ? 'name one of its commands' : message.replace(/^error: /, '');
  const hint = ['npx dgx-pixels', ...words.slice(1), '--help'].join(' ');
  reportError(words.length > 1 ? words.slice(1).join(' ') : name, new CliError('CLI_USAGE', what, { hint }), { json });
}

/** The program's name and the verbs of it that the arguments begin with. */
function meantCommand(words: readonly string[]): readonly string[] {
  const names = [program.name()];
  let command: Command = program;
  for (const word of words.filter((text) => !text.startsWith('-'))) {
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (next === undefined) break;
    names.push(word);
    command = next;
  }
  return names;
}
