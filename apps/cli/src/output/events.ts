import { asciiLine } from './write-envelope.ts';
import type { Progress } from './progress.ts';

/** Writes one event: its type and what there is to say of it. */
export type EventWriter = (type: string, data: Readonly<Record<string, unknown>>) => void;

/** Events as JSON lines on stdout, ahead of the envelope that ends them. */
export function createEventWriter(command: string): EventWriter {
  return (type, data) => {
    process.stdout.write(asciiLine({ schema: 'dgx-pixels/event/v1', command, type, ...data }));
  };
}

/** Progress as events: one at each new message or per cent. */
export function progressEvents(emit: EventWriter): Progress {
  let last = '';
  return {
    update(message, fraction) {
      const key = `${message} ${Math.floor((fraction ?? 0) * 100)}`;
      if (key === last) return;
      last = key;
      emit('progress', { message, fraction: fraction ?? null });
    },
    done: () => undefined,
  };
}
