import { reasonOf } from '../send-request.ts';

/** A pause between polls that a hint can cut short. */
export interface WakeablePause {
  /** Ends the present pause, or the next one before it begins. */
  wake(): void;
  /**
   * Resolves after `ms` milliseconds with false, or with true as soon as it is woken.
   * Rejects with the signal's reason.
   */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
}

/** Makes a pause for one waiter at a time. */
export function createWakeablePause(): WakeablePause {
  let woken = false;
  let notify: (() => void) | null = null;
  return {
    wake: () => {
      woken = true;
      notify?.();
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(reasonOf(signal));
          return;
        }
        const leave = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          notify = null;
        };
        const onAbort = (): void => {
          leave();
          reject(reasonOf(signal));
        };
        const done = (): void => {
          const wasWoken = woken;
          woken = false;
          leave();
          resolve(wasWoken);
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', onAbort, { once: true });
        notify = done;
        if (woken) done();
      }),
  };
}
