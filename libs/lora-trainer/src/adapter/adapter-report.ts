/** What can be wrong with an adapter file. */
export type AdapterFindingKind =
  | 'not-safetensors'
  | 'header-invalid'
  | 'duplicate-key'
  | 'offsets-invalid'
  | 'truncated'
  | 'trailing-bytes'
  | 'dtype-unsupported'
  | 'other-base'
  | 'other-naming'
  | 'text-encoder-keys'
  | 'keys-missing'
  | 'keys-unknown'
  | 'shape-mismatch'
  | 'rank-mismatch'
  | 'alpha-invalid'
  | 'alpha-mixed'
  | 'values-not-finite'
  | 'no-effect'
  | 'layers-without-effect'
  | 'metadata-missing'
  | 'metadata-contradicts'
  | 'header-long'
  | 'too-large';

/** One thing that is wrong, as often as it is. */
export interface AdapterFinding {
  readonly kind: AdapterFindingKind;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What it is about (keys, layers, metadata fields): the first 20. */
  readonly names: readonly string[];
  /** How many there are of them. */
  readonly count: number;
}

/** What an adapter file is, and what is wrong with it. Text of the file is without control characters and cut. */
export interface AdapterReport {
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file; null when it is too large to be read. */
  readonly sha256: string | null;
  readonly tensors: number;
  /** Layers that have both factors and an alpha, all of the right shape. */
  readonly modules: number;
  readonly expectedModules: number;
  /** Null when the layers do not agree. */
  readonly rank: number | null;
  /** Null when the layers do not agree, or the values were not read. */
  readonly alpha: number | null;
  readonly dtype: string | null;
  /** What the header says of itself; null where it says nothing. */
  readonly metadata: {
    readonly title: string | null;
    readonly licence: string | null;
    readonly trigger: string | null;
    readonly base: string | null;
  };
  /** Reasons not to use the file for what was asked; empty: it is sound. */
  readonly faults: readonly AdapterFinding[];
  /** What a reader of the file may stumble over. */
  readonly warnings: readonly AdapterFinding[];
}
