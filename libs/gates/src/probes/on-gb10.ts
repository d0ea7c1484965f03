import type { FiledBenchmark } from '../facts/gate-facts.ts';

/** Whether a record was measured on a DGX Spark: its GPU names itself GB10, on ARM. */
export function isOnGb10({ record: { host } }: Pick<FiledBenchmark, 'record'>): boolean {
  return host.arch === 'arm64' && /\bGB10\b/.test(host.gpuName ?? '');
}

/** What a record says about its machine, for a finding. */
export function describeMachine({ record: { host } }: Pick<FiledBenchmark, 'record'>): string {
  return `${host.gpuName ?? 'no GPU'} on ${host.arch}`;
}
