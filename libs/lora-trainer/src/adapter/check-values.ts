import type { AdapterFinding } from './adapter-report.ts';
import type { PresentModule } from './check-modules.ts';
import { describeFinding, describeNames } from './describe-finding.ts';
import type { TensorValues } from './scan-tensor-values.ts';

/** What the values of a file amount to. */
export interface CheckedValues {
  /** Null when the layers do not agree. */
  readonly alpha: number | null;
  readonly faults: readonly AdapterFinding[];
  readonly warnings: readonly AdapterFinding[];
}

const earlier = 'use an earlier checkpoint: npx dgx-pixels train pick <run> --step <n>';

/** Alphas above 0, values finite, and layers that change something: neither factor is all zero. */
export function checkValues(
  modules: readonly PresentModule[],
  values: ReadonlyMap<string, TensorValues>,
): CheckedValues {
  const alphas = modules.map(({ alpha }) => ({ name: alpha.name, value: values.get(alpha.name)?.first ?? NaN }));
  const wrongAlphas = alphas
    .filter(({ value }) => !(Number.isFinite(value) && value > 0))
    .map(({ name, value }) => `${name} (${value})`);
  const infinite = [...values].filter(([, { isFinite }]) => !isFinite).map(([name]) => name);
  const idle = modules
    .filter(({ down, up }) => values.get(down.name)?.isZero !== false || values.get(up.name)?.isZero !== false)
    .map(({ stem }) => stem);
  const isIdle = modules.length > 0 && idle.length === modules.length;
  const distinct = new Set(alphas.map(({ value }) => value));
  const [only = null] = distinct;
  return {
    alpha: distinct.size === 1 ? only : null,
    faults: [
      ...describeNames('alpha-invalid', 'alphas must be finite and above 0', wrongAlphas, 'export the adapter again'),
      ...describeNames('values-not-finite', 'tensors hold NaN or infinity', infinite, earlier),
      ...(isIdle
        ? [describeFinding('no-effect', 'it changes nothing: a factor of every layer is zero', 'train it first')]
        : []),
    ],
    warnings: [
      ...(isIdle
        ? []
        : describeNames('layers-without-effect', 'layers change nothing: a factor is zero', idle, earlier)),
      ...describeNames(
        'alpha-mixed',
        'layers have different alphas',
        distinct.size > 1 ? [...distinct].map(String) : [],
        'nothing, if it was meant; some tools show only one alpha',
      ),
    ],
  };
}
