import { formatJson } from '../json/format-json.ts';

interface NodeProgress {
  readonly state: 'running' | 'finished';
  readonly value: number;
  readonly max: number;
}

/**
 * The progress of every node that has started, as `progress_state` events show it. Each event names all of them, so the
 * text of each node is kept: a prompt of thousands of nodes would otherwise spend its time on writing JSON.
 */
export class ProgressState {
  readonly #promptId: string;
  readonly #send: (write: () => string) => void;
  readonly #texts = new Map<string, string>();
  readonly #ends = new Map<string, number>();

  /** @param send - Takes the writer of each new state. */
  constructor(promptId: string, send: (write: () => string) => void) {
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
    const max = this.#ends.get(id) ?? 1;
    this.#set(id, { state: 'finished', value: max, max });
  }

  #set(id: string, { value, max, state }: NodeProgress): void {
    this.#ends.set(id, max);
    const about = {
      node_id: id,
      prompt_id: this.#promptId,
      display_node_id: id,
      parent_node_id: null,
      real_node_id: id,
    };
    this.#texts.set(id, `${formatJson(id)}:${formatJson({ value, max, state, ...about })}`);
    this.#send(() => this.#write());
  }

  #write(): string {
    return `{"prompt_id":${formatJson(this.#promptId)},"nodes":{${[...this.#texts.values()].join(',')}}}`;
  }
}
