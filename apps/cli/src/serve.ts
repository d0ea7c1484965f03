import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type EmbeddedServerOptions, openPixelEngine, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';

export interface ServeOptions extends Pick<EmbeddedServerOptions, 'cache' | 'jobsApi' | 'previews' | 'rules'> {
  readonly port: number;
  readonly output: string;
  readonly input?: string;
  readonly models?: string;
  readonly threads?: number;
  readonly fault?: EmbeddedServerOptions['faults'];
}

/** Serves the embedded engine until the command is interrupted; ending it that way is its normal end. */
export async function serve(context: CommandContext, options: ServeOptions): Promise<CommandResult> {
  const { signal, workingDirectory } = context;
  const { output, input, models, threads, port, cache, jobsApi, previews, rules, fault } = options;
  const outputDirectory = await makeOutputFolder(workingDirectory, output);
  const inputDirectory = input === undefined ? undefined : await makeOutputFolder(workingDirectory, input);
  const modelsDirectory = models === undefined ? undefined : await findFolder(workingDirectory, models);
  const engine = await openPixelEngine({ threads, signal });
  try {
    const server = await startEmbeddedServer({
      engine,
      port,
      outputDirectory,
      inputDirectory,
      modelsDirectory,
      cache,
      jobsApi,
      previews,
      rules,
      faults: fault,
      onCrash: die,
    });
    const data = { url: server.url, outputDirectory };
    context.announce(data, `listening on ${server.url}, images go to ${outputDirectory}; Ctrl-C ends it`);
    await aborted(signal);
    await server.close();
    return { exitCode: exitCodes.done, data, text: 'server ended' };
  } finally {
    await engine.close();
  }
}

/** As if the machine had run out of memory: nothing is cleaned up, nothing is said. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function findFolder(workingDirectory: string, folder: string): Promise<string> {
  const path = resolve(workingDirectory, folder);
  const isFolder = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (isFolder) return path;
  throw new CliError('CLI_USAGE', `--models: there is no folder ${path}`, {
    hint: `make it, with adapters in ${path}/loras, or leave --models out`,
    details: { path },
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
