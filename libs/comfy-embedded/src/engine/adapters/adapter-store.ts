import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { EngineError } from '../engine-errors.ts';
import type { AdapterSummary, AdapterUse } from '../pixel-engine.ts';
import type { TensorPlace, WeightedUpdates } from './adapted-weights.ts';
import { matchAdapter, type MatchedAdapter } from './match-adapter.ts';
import { readSafetensors } from './safetensors.ts';

const maxFileBytes = 256 * 1024 * 1024;
const maxKept = 4;

/** The weights that adapters can change. */
export interface AdaptableModel {
  /** Stem in adapter files → tensor name. */
  readonly stems: ReadonlyMap<string, string>;
  readonly tensors: Readonly<Record<string, TensorPlace & { readonly shape: readonly number[] }>>;
}

interface KeptAdapter {
  readonly sha256: string;
  readonly matched: MatchedAdapter;
}

/** Adapter files matched to one model; the latest few are kept. */
export class AdapterStore {
  readonly #model: AdaptableModel;
  readonly #kept = new Map<string, KeptAdapter>();

  constructor(model: AdaptableModel) {
    this.#model = model;
  }

  /**
   * Reads a file anew and says what of it fits the model.
   *
   * @throws EngineError ENGINE_ADAPTER_INVALID
   */
  async read(path: string): Promise<AdapterSummary> {
    const { sha256, matched } = await this.#load(path);
    const unetWeights = matched.updates.filter(({ tensor }) => tensor.startsWith('unet.')).length;
    const textWeights = matched.updates.length - unetWeights;
    return { path, sha256, unetWeights, textWeights, unmatchedKeys: matched.unmatchedKeys, misfits: matched.misfits };
  }

  /**
   * The updates of adapters that the summaries named, those of other parts of the model left out.
   *
   * @throws EngineError ENGINE_ADAPTER_INVALID, also for a file that is another one by now
   */
  async updates(uses: readonly AdapterUse[], isWanted: (tensor: string) => boolean): Promise<WeightedUpdates[]> {
    const found: WeightedUpdates[] = [];
    for (const { path, sha256, strength } of uses) {
      const kept = this.#kept.get(sha256) ?? (await this.#load(path));
      if (kept.sha256 !== sha256) {
        throw new EngineError('ENGINE_ADAPTER_INVALID', `${path} changed since it was loaded`, { path });
      }
      found.push({ strength, updates: kept.matched.updates.filter(({ tensor }) => isWanted(tensor)) });
    }
    return found;
  }

  async #load(path: string): Promise<KeptAdapter> {
    const file = await readAdapterFile(path);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const kept = this.#kept.get(sha256) ?? {
      sha256,
      matched: matchAdapter(readSafetensors(file), this.#model.stems, this.#model.tensors),
    };
    this.#kept.delete(sha256);
    this.#kept.set(sha256, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > maxKept && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }
}

async function readAdapterFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes) throw new Error(`it has ${size} bytes, more than ${maxFileBytes}`);
    return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('ENGINE_ADAPTER_INVALID', `cannot read the adapter ${path}: ${reason}`, { path }, error);
  }
}
