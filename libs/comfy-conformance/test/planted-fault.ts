import type { ProxyFaults } from './fault-proxy.ts';

/** A fault, how it is made, and the checks that have to find it. */
export interface PlantedFault {
  readonly name: string;
  /** Made anew for each run, as some remember what passed. */
  readonly faults: () => ProxyFaults;
  readonly found: readonly string[];
}
