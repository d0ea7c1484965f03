import type { ProgressEvent } from './progress-event.ts';

/** Events on their way to a reader that may be slower than they come. */
export interface EventQueue extends AsyncIterable<ProgressEvent> {
  /** Never waits. A progress event or preview takes the place of an unread one of the same node. */
  push(event: ProgressEvent): void;
  /** No more will come: readers end once they have read what is there. */
  end(): void;
}

/** More unread events than any prompt has besides its progress. Beyond it the oldest are dropped. */
const maxUnread = 10_000;

/** An empty queue for one reader. */
export function openEventQueue(): EventQueue {
  const unread = new Map<string, ProgressEvent>();
  let pushed = 0;
  let ended = false;
  let wake: (() => void) | undefined;
  const settle = (): void => {
    wake?.();
    wake = undefined;
  };

  return {
    push: (event) => {
      pushed += 1;
      const isState = event.type === 'progress' || event.type === 'preview';
      const key = isState ? `${event.type} of ${event.nodeId ?? ''}` : `event ${pushed}`;
      // Deleted first, so that it stands behind what came since.
      unread.delete(key);
      unread.set(key, event);
      if (unread.size > maxUnread) unread.delete(unread.keys().next().value ?? '');
      settle();
    },
    end: () => {
      ended = true;
      settle();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (const [key, event] of unread) {
          unread.delete(key);
          yield event;
        }
        if (ended) return;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
