import { CliError } from './errors.ts';

/** Interrupts closer together than this are one key press that also reached the parent, which passed it on. */
const oneKeyPressMs = 300;

/**
 * Turns Ctrl-C, SIGTERM and the death of the starting process into an abort signal: the first lets the command clean
 * up, the next ends the process at once.
 */
export function abortOnInterrupt(onAbort: (message: string) => void): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const handle = (exitCode: 130 | 143): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      onAbort('stopping (interrupt again to end at once)');
      const [code, how] =
        exitCode === 130 ? (['CLI_INTERRUPTED', 'interrupted'] as const) : (['CLI_TERMINATED', 'ended'] as const);
      controller.abort(new CliError(code, `the command was ${how} before it was done`));
    } else if (now - first > oneKeyPressMs) {
      process.exit(exitCode);
    }
  };
  process.on('SIGINT', () => handle(130));
  process.on('SIGTERM', () => handle(143));
  process.on('SIGHUP', () => handle(143));
  // Whoever was killed cannot pass its signal on: without this the command would work on for nobody, holding its locks.
  process.once('disconnect', () => handle(143));
  process.channel?.unref();
  return controller.signal;
}
