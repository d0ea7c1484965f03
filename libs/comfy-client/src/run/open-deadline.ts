import { reasonOf } from '../send-request.ts';

/** The caller's abort and a time limit as one signal. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when the time limit, not the caller, ended the work. */
  readonly expired: boolean;
  /** Ends the work for another cause, such as an exception in the caller's listener. */
  abort(reason: unknown): void;
  /** Frees the timer and the listener on the caller's signal. */
  close(): void;
}

/** Starts a time limit of `timeoutMs` milliseconds that also ends when `outer` aborts. */
export function openDeadline(outer: AbortSignal | undefined, timeoutMs: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  const onAbort = (): void => controller.abort(reasonOf(outer));
  const timer = setTimeout(() => {
    expired = !controller.signal.aborted;
    controller.abort(new DOMException(`No end within ${timeoutMs} ms`, 'TimeoutError'));
  }, timeoutMs);
  if (outer?.aborted === true) onAbort();
  else outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    abort: (reason) => controller.abort(reason),
    close: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    },
  };
}
