import { type Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions } from '../run-command.ts';
import type { ServeOptions } from '../serve.ts';
import { numberIn } from './number-option.ts';

const cacheKinds = 'classic, none or lru:<prompts>';

/** A commander parser for how long results are kept. */
function cacheKind(text: string): NonNullable<ServeOptions['cache']> {
  if (text === 'classic' || text === 'none') return text;
  const prompts = /^lru:(\d{1,4})$/.exec(text)?.[1];
  if (prompts === undefined) throw new InvalidArgumentError(`expected ${cacheKinds}.`);
  return { lru: numberIn(1, 1000, 'integer')(prompts) };
}

const faultForm = /^(loadDelayMs|historyDelayMs)=(\d{1,6})$|^(outOfMemoryAt|crashAt)=(\S{1,200})$/;

/** A commander parser for `--fault name=value`, given once for each fault. */
function addFault(text: string, faults: NonNullable<ServeOptions['fault']> = {}): NonNullable<ServeOptions['fault']> {
  const [, delay, milliseconds, place, node] = faultForm.exec(text) ?? [];
  if (delay !== undefined) return { ...faults, [delay]: Number(milliseconds) };
  if (place !== undefined) return { ...faults, [place]: node };
  throw new InvalidArgumentError(
    'expected loadDelayMs=<ms>, historyDelayMs=<ms>, outOfMemoryAt=<node id or class> or crashAt=<node id or class>.',
  );
}

export function declareServe(program: Command): void {
  program
    .command('serve')
    .description('serve the embedded engine to other ComfyUI clients on 127.0.0.1')
    .requiredOption('--embedded', 'the engine to serve (the only one that this command starts)')
    .option('--port <number>', 'port to listen on; 0 takes a free one', numberIn(0, 65_535, 'integer'), 8188)
    .option('--output <folder>', 'where generated images go', 'outputs')
    .option('--input <folder>', 'where uploads go and LoadImage looks; a fresh folder by default')
    .option('--models <folder>', 'a folder of models as ComfyUI lays it out: its loras/ are offered by LoraLoader')
    .option('--threads <number>', 'threads of the engine', numberIn(1, 256, 'integer'))
    .option('--cache <kind>', `how long node results are kept: ${cacheKinds}`, cacheKind, 'classic')
    .option('--previews', 'send pictures of unfinished work to clients')
    .option('--jobs-api', 'answer /api/jobs too, which ComfyUI 0.3.64 does not have')
    .addOption(
      new Option('--rules <release>', 'judge requests as this release of ComfyUI does')
        .choices(['0.3.64', '0.38'])
        .default('0.3.64'),
    )
    .addOption(
      new Option('--fault <name=value>', 'a fault to have on purpose, for tests of clients')
        .argParser(addFault)
        .hideHelp(),
    )
    .action(async (options: ServeOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { serve } = await import('../serve.ts');
      await runCommand('serve', program.opts<GlobalOptions>(), (context) => serve(context, options));
    });
}
