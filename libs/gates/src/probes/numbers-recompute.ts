import { type EvidenceFault, summarise } from '@dgx-pixels/evidence';
import type { GateFacts } from '../facts/gate-facts.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachWorkstream } from './each-workstream.ts';

/** Compares the summary of the matrix product with its samples. */
function checkBaselines({ hostBaselines }: GateFacts): EvidenceFault[] {
  return hostBaselines.flatMap(({ path, record }) => {
    const { gemm } = record.payload;
    if (gemm === null) return [];
    const { median } = summarise(gemm.samplesGflops);
    const agrees = JSON.stringify(summarise(gemm.samplesGflops)) === JSON.stringify(gemm.gflops);
    const message = `gemm.gflops (median ${gemm.gflops.median}) is not what its samples give (median ${median})`;
    return agrees ? [] : [{ path, code: 'number-differs', message }];
  });
}

export const numbersRecompute: Probe = {
  id: 'numbers-recompute',
  gates: ['m0', 'm1', 'm3'],
  profiles: everyProfile,
  motivation: 'A derived number is worth what its samples are worth: whoever has the samples can check it.',
  method: 'Medians, intervals, spreads and image counts are computed anew from the samples and agree to 1e-9.',
  otherwise: 'No record: missing. A number that differs: unmet, one finding each.',
  integrity: true,
  ask(facts) {
    const baselineFaults = checkBaselines(facts);
    return askEachWorkstream(facts, ({ workstream, faults }) => {
      const wrong = [...faults, ...(workstream === 'foundation' ? baselineFaults : [])].filter(
        ({ code }) => code === 'number-differs',
      );
      if (wrong.length === 0) return { outcome: 'met', message: 'every derived number follows from its samples' };
      return wrong.map(({ path, message }) => ({ outcome: 'unmet', message: `${path}: ${message}`, file: path }));
    });
  },
};
