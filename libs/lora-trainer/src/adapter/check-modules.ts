import type { AdapterFinding } from './adapter-report.ts';
import type { AdapterModule } from './adapter-modules.ts';
import { describeNames } from './describe-finding.ts';
import type { TensorEntry } from './parse-tensor-header.ts';
import { recogniseNaming } from './recognise-naming.ts';

/** A layer of the model whose adapter is whole. */
export interface PresentModule {
  readonly stem: string;
  readonly rank: number;
  readonly down: TensorEntry;
  readonly up: TensorEntry;
  readonly alpha: TensorEntry;
}

/** What the keys and shapes of a file amount to. */
export interface CheckedModules {
  readonly present: readonly PresentModule[];
  /** Null when the layers do not agree, or there are none. */
  readonly rank: number | null;
  readonly findings: readonly AdapterFinding[];
}

/** Endings of the three tensors of a layer. */
const endings = ['.lora_down.weight', '.lora_up.weight', '.alpha'] as const;

/**
 * Holds the tensors of a file against the layers that it must have.
 *
 * @param rank that all layers must have; the most frequent one of the file when undefined
 * @param crossWidth width of the model's text states
 */
export function checkModules(
  tensors: readonly TensorEntry[],
  modules: readonly AdapterModule[],
  { rank, crossWidth }: { readonly rank: number | undefined; readonly crossWidth: number },
): CheckedModules {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Set(modules.flatMap(({ stem }) => endings.map((ending) => stem + ending)));
  const missing = [...known].filter((name) => !byName.has(name));
  const naming = recogniseNaming(tensors, known, crossWidth);
  const unknown = [...byName.keys()].filter((name) => !known.has(name) && !naming.explained.has(name));

  const present: PresentModule[] = [];
  const misshapen: string[] = [];
  for (const { stem, from, to } of modules) {
    const [down, up, alpha] = endings.map((ending) => byName.get(stem + ending));
    const own = down?.shape[0] ?? up?.shape[1] ?? 0;
    const faults = [
      ...shapeFault(down, own > 0 ? [own, from] : [1, from]),
      ...shapeFault(up, own > 0 ? [to, own] : [to, 1]),
      ...shapeFault(alpha, []),
    ];
    misshapen.push(...faults);
    if (down === undefined || up === undefined || alpha === undefined || faults.length > 0) continue;
    present.push({ stem, rank: own, down, up, alpha });
  }
  const ranks = new Set(present.map((module) => module.rank));
  const wanted = rank ?? mostFrequent(present.map((module) => module.rank));
  const otherRanks = present
    .filter((module) => module.rank !== wanted)
    .map(({ stem, rank: own }) => `${stem} (${own})`);
  const [only = null] = ranks;
  const hint = 'it is for another model or another set of layers: check --base and --targets, or export it again';
  return {
    present,
    rank: ranks.size === 1 ? only : null,
    findings: [
      ...naming.findings,
      ...describeNames('keys-missing', `${missing.length} of ${known.size} keys are missing`, missing, hint),
      ...describeNames('keys-unknown', 'keys name no layer of this set', unknown, hint),
      ...describeNames('shape-mismatch', 'tensors have other shapes than the model', misshapen, hint),
      ...describeNames(
        'rank-mismatch',
        `layers have another rank than ${wanted}`,
        otherRanks,
        rank === undefined
          ? 'train with one rank for all layers'
          : 'ask for the rank that the adapter was trained with',
      ),
    ],
  };
}

function shapeFault(tensor: TensorEntry | undefined, wanted: readonly number[]): readonly string[] {
  if (tensor === undefined) return [];
  const { name, shape } = tensor;
  const fits = shape.length === wanted.length && shape.every((side, axis) => side === wanted[axis]);
  return fits ? [] : [`${name} [${shape.join(', ')}] for [${wanted.join(', ')}]`];
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most = [0, 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return most[0];
}
