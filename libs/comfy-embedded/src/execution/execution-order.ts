import type { ValidNode } from '../graph/validate-prompt.ts';

/**
 * Hands out the nodes that outputs need, each after its sources. Among nodes that could run, an output node goes first,
 * then one that feeds an output node directly or through one other, so that pictures appear early, as in ComfyUI.
 */
export class ExecutionOrder {
  readonly #nodes: ReadonlyMap<string, ValidNode>;
  readonly #waitsFor = new Map<string, Set<string>>();

  /**
   * @param isDone - Whether a node's result is at hand, so that neither it nor its sources need to run. Output nodes are
   * handed out even then.
   */
  constructor(nodes: ReadonlyMap<string, ValidNode>, outputs: readonly string[], isDone: (id: string) => boolean) {
    this.#nodes = nodes;
    const open = [...outputs].reverse();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.#waitsFor.has(id)) continue;
      const sources = isDone(id) ? [] : [...(nodes.get(id)?.links.values() ?? [])].map(({ from }) => from);
      const missing = new Set(sources.filter((source) => !isDone(source)));
      this.#waitsFor.set(id, missing);
      open.push(...missing);
    }
  }

  /** The next node to run, undefined when all have run. */
  take(): string | undefined {
    const ready = [...this.#waitsFor].filter(([, sources]) => sources.size === 0).map(([id]) => id);
    const id = ready.find((node) => this.#isOutput(node)) ?? this.#nearestToOutput(ready) ?? ready[0];
    if (id !== undefined) this.#waitsFor.delete(id);
    return id;
  }

  /** Tells that a node has run, which frees those that waited for it. */
  finish(id: string): void {
    for (const sources of this.#waitsFor.values()) sources.delete(id);
  }

  #isOutput(id: string): boolean {
    return this.#nodes.get(id)?.nodeClass.isOutput === true;
  }

  #consumers(id: string): readonly string[] {
    return [...this.#waitsFor].filter(([, sources]) => sources.has(id)).map(([consumer]) => consumer);
  }

  #nearestToOutput(ready: readonly string[]): string | undefined {
    const feedsOutput = (id: string): boolean => this.#consumers(id).some((consumer) => this.#isOutput(consumer));
    return ready.find(feedsOutput) ?? ready.find((id) => this.#consumers(id).some(feedsOutput));
  }
}
