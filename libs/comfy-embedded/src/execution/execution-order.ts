import type { ValidNode } from '../graph/validate-prompt.ts';

interface Waiting {
  /** Sources that have not run. */
  missing: number;
  /** Nodes that wait for this one. */
  readonly consumers: Set<string>;
}

/**
 * Hands out the nodes that outputs need, each after its sources. Among nodes that could run, an output node goes first,
 * then one that feeds an output node directly or through one other, so that pictures appear early, as in ComfyUI.
 */
export class ExecutionOrder {
  readonly #nodes: ReadonlyMap<string, ValidNode>;
  /** Nodes to run, in the order in which ComfyUI comes upon them: from the outputs, last input first. */
  readonly #waiting = new Map<string, Waiting>();
  /** Consumers of a node that was handed out, until it has run. */
  readonly #running = new Map<string, ReadonlySet<string>>();

  /**
   * @param isDone - Whether a node's result is at hand, so that neither it nor its sources need to run. Output nodes are
   * handed out even then.
   */
  constructor(nodes: ReadonlyMap<string, ValidNode>, outputs: readonly string[], isDone: (id: string) => boolean) {
    this.#nodes = nodes;
    const missing = new Map<string, ReadonlySet<string>>();
    const open = [...outputs].reverse();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (missing.has(id)) continue;
      const sources = isDone(id) ? [] : this.#sources(id).filter((source) => !isDone(source));
      missing.set(id, new Set(sources));
      this.#waiting.set(id, { missing: missing.get(id)?.size ?? 0, consumers: new Set() });
      open.push(...sources);
    }
    for (const [id, sources] of missing) {
      for (const source of sources) this.#waiting.get(source)?.consumers.add(id);
    }
  }

  /** The next node to run, undefined when all have run. */
  take(): string | undefined {
    const ready = [...this.#waiting].filter(([, { missing }]) => missing === 0).map(([id]) => id);
    const id = ready.find((node) => this.#isOutput(node)) ?? this.#nearestToOutput(ready) ?? ready[0];
    if (id === undefined) return undefined;
    this.#running.set(id, this.#consumers(id));
    this.#waiting.delete(id);
    return id;
  }

  /** Tells that a node has run, which frees those that waited for it. */
  finish(id: string): void {
    for (const consumer of this.#running.get(id) ?? []) {
      const waiting = this.#waiting.get(consumer);
      if (waiting !== undefined) waiting.missing -= 1;
    }
    this.#running.delete(id);
  }

  #sources(id: string): readonly string[] {
    const node = this.#nodes.get(id);
    return Object.keys(node?.inputs ?? {}).flatMap((name) => node?.links.get(name)?.from ?? []);
  }

  #isOutput(id: string): boolean {
    return this.#nodes.get(id)?.nodeClass.isOutput === true;
  }

  #consumers(id: string): ReadonlySet<string> {
    return this.#waiting.get(id)?.consumers ?? new Set();
  }

  #nearestToOutput(ready: readonly string[]): string | undefined {
    const feedsOutput = (id: string): boolean => [...this.#consumers(id)].some((consumer) => this.#isOutput(consumer));
    return ready.find(feedsOutput) ?? ready.find((id) => [...this.#consumers(id)].some(feedsOutput));
  }
}
