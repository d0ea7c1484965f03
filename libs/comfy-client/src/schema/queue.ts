import { z } from 'zod';

/** A prompt in the queue; the graph it carries is not kept. */
export interface QueueItem {
  /** Priority: the lower number runs first. */
  readonly number: number;
  readonly promptId: string;
}

/** What the server runs and what waits, in order of execution. */
export interface QueueState {
  readonly running: readonly QueueItem[];
  readonly pending: readonly QueueItem[];
}

const itemSchema = z
  .tuple([z.number(), z.string()])
  .rest(z.unknown())
  .transform(([number, promptId]): QueueItem => ({ number, promptId }));

/** `GET /queue`. The wire lists pending prompts in heap order. */
export const queueSchema = z
  .object({ queue_running: z.array(itemSchema), queue_pending: z.array(itemSchema) })
  .transform((queue): QueueState => ({
    running: queue.queue_running,
    pending: queue.queue_pending.toSorted((first, second) => first.number - second.number),
  }));
