import { openPixelEngine, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';

export interface ServeOptions {
  readonly port: number;
  readonly output: string;
  readonly threads?: number;
}

/** Serves the embedded engine until the command is interrupted; ending it that way is its normal end. */
export async function serve(context: CommandContext, options: ServeOptions): Promise<CommandResult> {
  const { signal } = context;
  const outputDirectory = await makeOutputFolder(context.workingDirectory, options.output);
  const engine = await openPixelEngine({ threads: options.threads, signal });
  try {
    const server = await startEmbeddedServer({ engine, port: options.port, outputDirectory });
    const data = { url: server.url, outputDirectory };
    context.announce(data, `listening on ${server.url}, images go to ${outputDirectory}; Ctrl-C ends it`);
    await aborted(signal);
    await server.close();
    return { exitCode: exitCodes.done, data, text: 'server ended' };
  } finally {
    await engine.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
