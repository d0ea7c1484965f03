import type { JsonObject } from '../json/json-value.ts';
import type { NodeResult } from '../nodes/define-node.ts';

/** Something that the user should know about a node. */
export interface Notice {
  readonly event: string;
  readonly data: JsonObject;
}

/** What a finished node left behind. */
export interface CachedResult extends NodeResult {
  /** Told again when the result is used again. */
  readonly notices: readonly Notice[];
}

/** How long results are kept: ComfyUI's default, its `--cache-none`, its `--cache-lru N`. */
export type CachePolicy = 'classic' | 'none' | { readonly lru: number };

/** A prompt as a cache sees it. */
export interface CachedPrompt {
  /** Identity of each node's result, by node id. */
  readonly signatures: ReadonlyMap<string, string>;
  /** Ids of the nodes that each node takes results from. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** Results of nodes, from one prompt to the next. */
export interface ResultCache {
  /** Turns to the next prompt and forgets what the policy does not keep for it. */
  begin(prompt: CachedPrompt): void;
  /** @param id - Of a node of the present prompt, as for `set`. */
  get(id: string): CachedResult | undefined;
  set(id: string, result: CachedResult): void;
  clear(): void;
}

const noPrompt: CachedPrompt = { signatures: new Map(), sources: new Map() };

/** Finds results by the signatures of their nodes, so that they serve every prompt that asks for the same. */
abstract class SignatureCache implements ResultCache {
  protected readonly results = new Map<string, CachedResult>();
  #prompt = noPrompt;

  begin(prompt: CachedPrompt): void {
    this.#prompt = prompt;
    this.forget(new Set(prompt.signatures.values()));
  }

  /** Drops what the policy does not keep; `named` are the signatures of the prompt that begins. */
  protected abstract forget(named: ReadonlySet<string>): void;

  get(id: string): CachedResult | undefined {
    return this.results.get(this.#prompt.signatures.get(id) ?? '');
  }

  set(id: string, result: CachedResult): void {
    const signature = this.#prompt.signatures.get(id);
    if (signature !== undefined) this.results.set(signature, result);
  }

  clear(): void {
    this.results.clear();
  }
}

/** Holds the results of the latest prompt only. */
class ClassicCache extends SignatureCache {
  protected forget(named: ReadonlySet<string>): void {
    for (const signature of this.results.keys()) if (!named.has(signature)) this.results.delete(signature);
  }
}

/**
 * Holds results over several prompts. When a prompt begins and more than `capacity` are there, the prompts that have not
 * been asked for longest lose theirs, all of a prompt at once; what the new prompt names stays.
 */
class RecentCache extends SignatureCache {
  readonly #capacity: number;
  /** Number of the latest prompt that named a signature. */
  readonly #lastUse = new Map<string, number>();
  #latest = 0;
  #oldest = 0;

  constructor(capacity: number) {
    super();
    this.#capacity = capacity;
  }

  protected forget(named: ReadonlySet<string>): void {
    this.#latest += 1;
    for (const signature of named) this.#lastUse.set(signature, this.#latest);
    while (this.results.size > this.#capacity && this.#oldest < this.#latest) {
      this.#oldest += 1;
      for (const signature of this.results.keys()) {
        if ((this.#lastUse.get(signature) ?? 0) < this.#oldest) this.results.delete(signature);
      }
    }
    for (const signature of this.#lastUse.keys()) {
      if (!named.has(signature) && !this.results.has(signature)) this.#lastUse.delete(signature);
    }
  }

  override clear(): void {
    super.clear();
    this.#lastUse.clear();
  }
}

/** Holds a result until every node of the prompt that takes it has run; nothing goes over to the next prompt. */
class PassingCache implements ResultCache {
  readonly #results = new Map<string, CachedResult>();
  readonly #consumers = new Map<string, Set<string>>();
  #sources: CachedPrompt['sources'] = new Map();

  begin({ sources }: CachedPrompt): void {
    this.clear();
    this.#sources = sources;
    this.#consumers.clear();
    for (const [consumer, ids] of sources) {
      for (const id of ids) this.#consumers.set(id, (this.#consumers.get(id) ?? new Set()).add(consumer));
    }
  }

  get(id: string): CachedResult | undefined {
    return this.#results.get(id);
  }

  set(id: string, result: CachedResult): void {
    this.#results.set(id, result);
    for (const source of this.#sources.get(id) ?? []) {
      const waiting = this.#consumers.get(source);
      waiting?.delete(id);
      if (waiting?.size === 0) this.#results.delete(source);
    }
  }

  clear(): void {
    this.#results.clear();
  }
}

/** An empty cache of that policy. */
export function openCache(policy: CachePolicy): ResultCache {
  if (policy === 'classic') return new ClassicCache();
  return policy === 'none' ? new PassingCache() : new RecentCache(policy.lru);
}
