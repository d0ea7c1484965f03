import type { PromptOutcome } from '../execution/run-prompt.ts';
import { formatJson } from '../json/format-json.ts';
import { finishedJob, type Job } from './job.ts';
import type { QueuedPrompt } from './prompt-queue.ts';

/** A prompt that has ended: of what was queued, that which history needs. */
export type FinishedPrompt = Pick<QueuedPrompt, 'promptId' | 'item' | 'createdAt'>;

/** How much is remembered. */
export interface HistoryBounds {
  readonly maxItems: number;
  readonly maxCharacters: number;
}

interface HistoryEntry {
  /** As JSON. */
  readonly text: string;
  readonly job: Job;
}

/** A page of history: ids and entries in the order in which prompts finished. */
export type HistoryPage = readonly (readonly [promptId: string, entry: string])[];

/** Finished prompts as JSON texts, oldest first, within bounds of number and size. */
export class PromptHistory {
  readonly #entries = new Map<string, HistoryEntry>();
  readonly #bounds: HistoryBounds;
  #characters = 0;

  constructor(bounds: HistoryBounds) {
    this.#bounds = bounds;
  }

  /** Finished prompts as `/api/jobs` lists them. */
  get jobs(): readonly Job[] {
    return [...this.#entries.values()].map(({ job }) => job);
  }

  add(prompt: FinishedPrompt, outcome: PromptOutcome): void {
    const { promptId, item } = prompt;
    const { status_str, completed, messages } = outcome.status;
    const outputs = formatJson(outcome.outputs);
    const status = formatJson({ status_str, completed, messages });
    const entry = `{"prompt":${item},"outputs":${outputs},"status":${status},"meta":${formatJson(outcome.meta)}}`;
    this.delete(promptId);
    this.#entries.set(promptId, { text: entry, job: finishedJob(prompt, outcome) });
    this.#characters += entry.length;
    for (const oldest of this.#entries.keys()) {
      const fits = this.#entries.size <= this.#bounds.maxItems && this.#characters <= this.#bounds.maxCharacters;
      if (fits || oldest === promptId) break;
      this.delete(oldest);
    }
  }

  get(promptId: string): string | undefined {
    return this.#entries.get(promptId)?.text;
  }

  /**
   * @param maxItems - At most so many; all if undefined.
   * @param offset - Entries to leave out from the oldest on; negative (or absent) means the latest `maxItems`.
   */
  page(maxItems: number | undefined, offset = -1): HistoryPage {
    const all = [...this.#entries].map(([id, { text }]) => [id, text] as const);
    const start = offset >= 0 ? offset : maxItems === undefined ? 0 : Math.max(0, all.length - maxItems);
    return all.slice(start, maxItems === undefined ? undefined : start + maxItems);
  }

  delete(promptId: string): void {
    this.#characters -= this.#entries.get(promptId)?.text.length ?? 0;
    this.#entries.delete(promptId);
  }

  clear(): void {
    this.#entries.clear();
    this.#characters = 0;
  }
}
