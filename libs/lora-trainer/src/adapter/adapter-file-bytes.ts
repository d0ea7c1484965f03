import type { TargetSet } from '../protocol/train-request.ts';
import { type AdapterArchitecture, adapterModules, unetOf } from './adapter-modules.ts';
import { type AdapterDtype, valueBytes } from './parse-tensor-header.ts';

/**
 * Bytes of the tensors of an adapter in kohya's form: two factors and an alpha for each layer. The header comes on top:
 * about 0.3 MB for SDXL. Rank 16 on all 722 layers, F16: 85.1 MB.
 *
 * @param rank whole, ≥ 1
 * @throws RangeError for another rank
 */
export function adapterFileBytes(
  architecture: AdapterArchitecture,
  targets: TargetSet,
  rank: number,
  dtype: AdapterDtype = 'F16',
): number {
  if (!Number.isSafeInteger(rank) || rank < 1) throw new RangeError(`a rank of ${rank}; it must be a whole number ≥ 1`);
  const values = adapterModules(unetOf(architecture), targets).map(({ from, to }) => rank * (from + to) + 1);
  return valueBytes[dtype] * values.reduce((sum, count) => sum + count, 0);
}
