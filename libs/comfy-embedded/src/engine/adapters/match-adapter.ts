import { floatValues, type Safetensors } from './safetensors.ts';

/** Spellings of the two factors of a low-rank update: up (B) and down (A), after a layer's stem. */
const factorSuffixes = [
  ['.lora_up.weight', '.lora_down.weight'],
  ['_lora.up.weight', '_lora.down.weight'],
  ['.lora_B.weight', '.lora_A.weight'],
  ['.lora.up.weight', '.lora.down.weight'],
  ['.lora_B', '.lora_A'],
  ['.lora_linear_layer.up.weight', '.lora_linear_layer.down.weight'],
  ['.lora_B.default.weight', '.lora_A.default.weight'],
] as const;

/** A low-rank update of one weight: ΔW = scale · up · down. */
export interface LowRankUpdate {
  /** Name of the model's tensor. */
  readonly tensor: string;
  /** float32 `[rows, rank]`, rows = the tensor's first axis. */
  readonly up: Float32Array;
  /** float32 `[rank, columns]`, columns = the product of the tensor's other axes. */
  readonly down: Float32Array;
  readonly rank: number;
  /** alpha / rank; 1 where the file has no alpha. */
  readonly scale: number;
}

/** What an adapter file means for a model. */
export interface MatchedAdapter {
  readonly updates: readonly LowRankUpdate[];
  /** Keys that name no weight of this model, in the file's order. */
  readonly unmatchedKeys: readonly string[];
  /** Updates whose factors do not fit the weight they name: an adapter for another base. */
  readonly misfits: readonly string[];
}

/**
 * Pairs the tensors of an adapter file with the weights of a model. Only plain low-rank updates are read; tensors of
 * other methods (LoHa, LoKr, DoRA's magnitudes, …) count as unmatched.
 *
 * @param stems stem → tensor name
 * @param shapes shape of each tensor of the model
 */
export function matchAdapter(
  { tensors }: Safetensors,
  stems: ReadonlyMap<string, string>,
  shapes: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): MatchedAdapter {
  // A weight that a file names twice takes the later spelling.
  const updates = new Map<string, LowRankUpdate>();
  const misfits: string[] = [];
  const used = new Set<string>();
  for (const [stem, tensor] of stems) {
    const names = factorSuffixes
      .map(([up, down]) => [stem + up, stem + down] as const)
      .find(([up, down]) => tensors.has(up) && tensors.has(down));
    const [upName, downName] = names ?? [];
    const up = upName === undefined ? undefined : tensors.get(upName);
    const down = downName === undefined ? undefined : tensors.get(downName);
    if (upName === undefined || downName === undefined || up === undefined || down === undefined) continue;
    const alphaName = `${stem}.alpha`;
    const alpha = tensors.get(alphaName);
    for (const name of [upName, downName, alphaName]) used.add(name);
    const [rows = 0, ...others] = shapes[tensor]?.shape ?? [];
    const columns = others.reduce((product, side) => product * side, 1);
    const rank = down.shape[0] ?? 0;
    const [upValues, downValues] = [floatValues(upName, up), floatValues(downName, down)];
    if (rank < 1 || up.shape[0] !== rows || upValues.length !== rows * rank || downValues.length !== rank * columns) {
      misfits.push(
        `${stem}: [${up.shape.join(', ')}] · [${down.shape.join(', ')}] for [${[rows, ...others].join(', ')}]`,
      );
      continue;
    }
    const scale = alpha === undefined ? 1 : (floatValues(alphaName, alpha)[0] ?? rank) / rank;
    updates.set(tensor, { tensor, up: upValues, down: downValues, rank, scale });
  }
  return {
    updates: [...updates.values()],
    misfits,
    unmatchedKeys: [...tensors.keys()].filter((name) => !used.has(name)),
  };
}
