import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import type { AdapterUse } from '../pixel-engine.ts';
import type { AdaptableDescription } from '../read-model.ts';
import { openSessionOver } from '../open-session.ts';
import { adaptedWeights } from './adapted-weights.ts';
import type { AdapterStore } from './adapter-store.ts';

const maxKept = 2;

/** Sessions of the adaptable graphs over weights with adapters merged in; the latest few of each part are kept. */
export class AdaptedSessions {
  readonly #model: AdaptableDescription;
  readonly #store: AdapterStore;
  readonly #kept = new Map<string, readonly InferenceSession[]>();

  constructor(model: AdaptableDescription, store: AdapterStore) {
    this.#model = model;
    this.#store = store;
  }

  /**
   * The graphs with these adapters; null when none of them changes a weight of theirs.
   *
   * @param graphs paths; each graph reads the same buffer
   * @param prefix of the tensors that belong to the graphs
   */
  async open(
    graphs: readonly string[],
    prefix: string,
    uses: readonly AdapterUse[],
    threads: number,
  ): Promise<readonly InferenceSession[] | null> {
    const active = uses.filter(({ strength }) => strength !== 0);
    if (active.length === 0) return null;
    const key = JSON.stringify([graphs, active.map(({ sha256, strength }) => [sha256, strength])]);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const updates = await this.#store.updates(active, (tensor) => tensor.startsWith(prefix));
    if (updates.every((weighted) => weighted.updates.length === 0)) return null;
    const { weightsPath, dataStart, tensors, buffer } = this.#model;
    const weights = adaptedWeights(await readFile(weightsPath), dataStart, tensors, updates);
    const sessions: InferenceSession[] = [];
    for (const path of graphs) sessions.push(await openSessionOver(path, { location: buffer, weights }, threads));
    this.#kept.set(key, sessions);
    await this.#releaseOldest();
    return sessions;
  }

  async #releaseOldest(): Promise<void> {
    const [oldest] = this.#kept.entries();
    if (this.#kept.size <= maxKept || oldest === undefined) return;
    this.#kept.delete(oldest[0]);
    for (const session of oldest[1]) await session.release();
  }
}
