import type { JsonObject } from '../json/json-value.ts';

interface NodeProgress {
  state: 'running' | 'finished';
  value: number;
  max: number;
}

/** The progress of every node that has started, as `progress_state` events show it. */
export class ProgressState {
  readonly #promptId: string;
  readonly #send: (data: JsonObject) => void;
  readonly #nodes = new Map<string, NodeProgress>();

  /** @param send - Takes each new state. */
  constructor(promptId: string, send: (data: JsonObject) => void) {
    this.#promptId = promptId;
    this.#send = send;
  }

  start(id: string): void {
    this.#set(id, { state: 'running', value: 0, max: 1 });
  }

  advance(id: string, value: number, max: number): void {
    this.#set(id, { state: 'running', value, max });
  }

  finish(id: string): void {
    const max = this.#nodes.get(id)?.max ?? 1;
    this.#set(id, { state: 'finished', value: max, max });
  }

  #set(id: string, progress: NodeProgress): void {
    this.#nodes.set(id, progress);
    const nodes = [...this.#nodes].map(([node, { value, max, state }]): readonly [string, JsonObject] => [
      node,
      {
        value,
        max,
        state,
        node_id: node,
        prompt_id: this.#promptId,
        display_node_id: node,
        parent_node_id: null,
        real_node_id: node,
      },
    ]);
    this.#send({ prompt_id: this.#promptId, nodes: Object.fromEntries(nodes) });
  }
}
