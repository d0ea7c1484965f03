import { setTimeout as wait } from 'node:timers/promises';
import type { PixelEngine } from '../engine/pixel-engine.ts';
import type { EventSink } from '../execution/event-sink.ts';
import type { ResultCache } from '../execution/result-cache.ts';
import { type PromptOutcome, runPrompt } from '../execution/run-prompt.ts';
import { type ImageDirectories, previewPrefix } from '../files/image-store.ts';
import { type FaultPlan, sufferFaults } from './fault-plan.ts';
import type { LogRing } from './log-ring.ts';
import type { PromptHistory } from './prompt-history.ts';
import type { PromptQueue, QueuedPrompt } from './prompt-queue.ts';

/** What the worker works with. */
export interface WorkerParts {
  readonly engine: PixelEngine;
  readonly queue: PromptQueue;
  readonly history: PromptHistory;
  readonly cache: ResultCache;
  readonly directories: ImageDirectories;
  readonly events: EventSink;
  readonly log: LogRing;
  readonly faults: FaultPlan;
  /** Ends the server at once. */
  readonly crash: () => void;
}

/** Takes prompts from the queue and runs them, one at a time. */
export class PromptWorker {
  readonly #parts: WorkerParts;
  readonly #previewPrefix = previewPrefix();
  readonly #done: Promise<void>;
  #interruption: AbortController | undefined;
  #nodeId: string | undefined;
  #clearCache = false;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#done = this.#work();
  }

  /** The node that runs now, if it runs for this client. */
  runningNode(clientId: string): string | undefined {
    return this.#parts.queue.running?.clientId === clientId ? this.#nodeId : undefined;
  }

  /**
   * Interrupts the running prompt; with an id, only if it is that one. Does nothing while idle.
   *
   * @returns Whether a prompt was interrupted.
   */
  interrupt(promptId?: string): boolean {
    const { queue } = this.#parts;
    if (this.#interruption === undefined) return false;
    if (promptId !== undefined && queue.running?.promptId !== promptId) return false;
    this.#interruption.abort(new Error('interrupted'));
    return true;
  }

  /** Forgets cached results, at once or after the running prompt. */
  freeMemory(): void {
    if (this.#parts.queue.running === undefined) this.#parts.cache.clear();
    else this.#clearCache = true;
  }

  /** Interrupts the running prompt, drops the waiting ones and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#parts.queue.close();
    this.#parts.queue.remove(() => true);
    this.interrupt();
    await this.#done;
  }

  async #work(): Promise<void> {
    const { queue } = this.#parts;
    for (let prompt = await queue.take(); prompt !== undefined; prompt = await queue.take()) await this.#run(prompt);
  }

  async #run(prompt: QueuedPrompt): Promise<void> {
    const { queue, cache, events, faults, log, crash } = this.#parts;
    const interruption = new AbortController();
    this.#interruption = interruption;
    const startedAt = Date.now();
    const outcome = await runPrompt(prompt, {
      ...this.#parts,
      log: (line) => log.add(line),
      previewPrefix: this.#previewPrefix,
      signal: interruption.signal,
      beforeNode: (node) => {
        this.#nodeId = node.id;
        return sufferFaults(faults, node, crash);
      },
    });
    this.#interruption = undefined;
    this.#nodeId = undefined;
    await this.#remember(prompt, outcome);
    if (this.#clearCache || outcome.ranOutOfMemory) cache.clear();
    this.#clearCache = false;
    queue.finish();
    if (prompt.clientId !== null) events.send('executing', { node: null, prompt_id: prompt.promptId }, prompt.clientId);
    log.add(`Prompt executed in ${((Date.now() - startedAt) / 1000).toFixed(2)} seconds`);
  }

  /** History before the event that tells the end: whoever sees `executing` with a null node finds the entry. */
  async #remember(prompt: QueuedPrompt, outcome: PromptOutcome): Promise<void> {
    const { history, faults } = this.#parts;
    if (faults.historyDelayMs > 0) await wait(faults.historyDelayMs);
    history.add(prompt, outcome);
  }
}
