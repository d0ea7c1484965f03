import type { NodeResult } from '../nodes/define-node.ts';

/** What a finished node left behind. */
export interface CachedResult extends NodeResult {
  /** Words of its prompt that the model has never seen; told again when the result is reused. */
  readonly unknownWords: readonly string[];
}

/**
 * ComfyUI's classic cache: it holds the results of the latest prompt only, by signature, so that a prompt reuses what
 * it shares with the one before.
 */
export class ResultCache {
  readonly #results = new Map<string, CachedResult>();

  get(signature: string | undefined): CachedResult | undefined {
    return signature === undefined ? undefined : this.#results.get(signature);
  }

  set(signature: string, result: CachedResult): void {
    this.#results.set(signature, result);
  }

  /** Forgets every result that none of the given signatures names. */
  retain(signatures: Iterable<string>): void {
    const kept = new Set(signatures);
    for (const signature of this.#results.keys()) if (!kept.has(signature)) this.#results.delete(signature);
  }

  clear(): void {
    this.#results.clear();
  }
}
