import type { RunnablePrompt } from '../execution/run-prompt.ts';

/** A prompt in the queue. */
export interface QueuedPrompt extends RunnablePrompt {
  /** Lower runs first; equal numbers run in order of arrival. */
  readonly number: number;
  /** The item as `/queue` and `/history` show it: `[number, prompt_id, prompt, extra_data, outputs]` as JSON text. */
  readonly item: string;
  /** When it was queued, in milliseconds since 1970. */
  readonly createdAt: number;
}

/** How much may wait. */
export interface QueueBounds {
  readonly maxPending: number;
  readonly maxCharacters: number;
}

/** Prompts that wait and the one that runs. */
export class PromptQueue {
  readonly #bounds: QueueBounds;
  readonly #onChange: () => void;
  #pending: QueuedPrompt[] = [];
  #characters = 0;
  #running: QueuedPrompt | undefined;
  #runningSince = 0;
  #wake: (() => void) | undefined;
  #closed = false;

  /** @param onChange - Called after each change of what waits or runs. */
  constructor(bounds: QueueBounds, onChange: () => void) {
    this.#bounds = bounds;
    this.#onChange = onChange;
  }

  get running(): QueuedPrompt | undefined {
    return this.#running;
  }

  /** When the running prompt was taken, in milliseconds since 1970. */
  get runningSince(): number {
    return this.#runningSince;
  }

  /** What waits, next first. */
  get pending(): readonly QueuedPrompt[] {
    return this.#pending;
  }

  /** Prompts that wait or run. */
  get remaining(): number {
    return this.#pending.length + (this.#running === undefined ? 0 : 1);
  }

  /** @returns false, and nothing queued, if the queue is full. */
  add(prompt: QueuedPrompt): boolean {
    const { maxPending, maxCharacters } = this.#bounds;
    if (this.#pending.length >= maxPending || this.#characters + prompt.item.length > maxCharacters) return false;
    const behind = this.#pending.findIndex(({ number }) => number > prompt.number);
    this.#pending.splice(behind < 0 ? this.#pending.length : behind, 0, prompt);
    this.#characters += prompt.item.length;
    this.#onChange();
    this.#wake?.();
    return true;
  }

  /** Takes the next prompt as the running one; waits for it. Undefined once the queue is closed. */
  async take(): Promise<QueuedPrompt | undefined> {
    for (;;) {
      if (this.#closed) return undefined;
      const next = this.#pending.shift();
      if (next !== undefined) {
        this.#characters -= next.item.length;
        this.#running = next;
        this.#runningSince = Date.now();
        this.#onChange();
        return next;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The running prompt has ended. */
  finish(): void {
    this.#running = undefined;
    this.#onChange();
  }

  /** Removes waiting prompts. The running one is left alone. */
  remove(matches: (prompt: QueuedPrompt) => boolean): void {
    const kept = this.#pending.filter((prompt) => !matches(prompt));
    if (kept.length === this.#pending.length) return;
    this.#pending = kept;
    this.#characters = kept.reduce((sum, { item }) => sum + item.length, 0);
    this.#onChange();
  }

  /** Ends all waiting for prompts. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
