import type { EvidenceFault } from '../fault.ts';
import type { EvidenceRecord } from '../record.ts';
import { type ChainName, readChain } from './chain.ts';

/** History of a workstream and profile. */
export interface StoreHistory {
  /** The chain's file. */
  readonly path: string;
  /** Records in the order in which they were appended. */
  readonly records: readonly EvidenceRecord[];
  /** Empty for a sound chain, also for one that does not exist yet. */
  readonly faults: readonly EvidenceFault[];
}

/**
 * Reads the history of one workstream and profile and verifies its chain. Bad evidence becomes faults.
 *
 * @param storeDirectory - `bench/results/store`
 * @throws EvidenceError EVIDENCE_PATH_REFUSED for a name that is not a workstream and a profile
 */
export async function readStore(storeDirectory: string, name: ChainName): Promise<StoreHistory> {
  const { path, records, faults } = await readChain(storeDirectory, name);
  return { path, records, faults };
}
