import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { profileNameSchema, workstreamSchema } from '../envelope.ts';
import type { EvidenceFault } from '../fault.ts';
import { readChain } from './chain.ts';

/** One verified chain. */
export interface VerifiedChain {
  readonly workstream: string;
  readonly profile: string;
  readonly path: string;
  readonly lines: number;
}

/** All chains of a store and what is wrong with them. */
export interface StoreVerification {
  readonly chains: readonly VerifiedChain[];
  readonly faults: readonly EvidenceFault[];
}

/**
 * Verifies every chain of a store: form, links, ends. A store that does not exist is empty and sound.
 *
 * @param storeDirectory - `bench/results/store`
 */
export async function verifyStore(storeDirectory: string): Promise<StoreVerification> {
  const chains: VerifiedChain[] = [];
  const faults: EvidenceFault[] = [];
  for (const workstream of workstreamSchema.options) {
    const files = await readdir(join(storeDirectory, workstream)).catch(() => []);
    const profiles = new Set(files.flatMap((file) => /^(.+?)(?:\.head\.json|\.jsonl)$/.exec(file)?.[1] ?? []));
    for (const profile of [...profiles].sort()) {
      if (!profileNameSchema.safeParse(profile).success) {
        const path = join(storeDirectory, workstream, `${profile}.jsonl`);
        faults.push({ path, code: 'file-irregular', message: 'is not named after a profile' });
        continue;
      }
      const chain = await readChain(storeDirectory, { workstream, profile });
      chains.push({ workstream, profile, path: chain.path, lines: chain.end.lines });
      faults.push(...chain.faults);
    }
  }
  return { chains, faults };
}
