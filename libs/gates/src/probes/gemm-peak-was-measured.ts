import { everyProfile, type Probe } from '../probe.ts';

export const gemmPeakWasMeasured: Probe = {
  id: 'gemm-peak-was-measured',
  gates: ['m0'],
  profiles: everyProfile,
  motivation:
    'A latency says little without the arithmetic rate that this processor reaches: the peak is what it is held against.',
  method: 'The host-baseline record holds at least 3 samples of a float32 matrix product, with a median above 0.',
  otherwise: 'No record, or no samples in it: missing. Fewer than 3 samples: undecided.',
  ask({ hostBaselines }) {
    const [baseline] = hostBaselines;
    const gemm = baseline?.record.payload.gemm;
    if (baseline === undefined || gemm === null || gemm === undefined) {
      const message = baseline?.record.payload.missing.gemm ?? 'there is no host-baseline record';
      return [{ outcome: 'missing', message, workstream: 'foundation', file: baseline?.path ?? null }];
    }
    return [
      {
        outcome: gemm.samplesGflops.length >= 3 ? 'met' : 'undecided',
        message: `${gemm.size}² float32 by ${gemm.library} on ${gemm.threads} threads, ${gemm.samplesGflops.length} samples`,
        workstream: 'foundation',
        value: gemm.gflops.median,
        unit: 'GFLOPS',
        recordIds: [baseline.record.id],
        file: baseline.path,
      },
    ];
  },
};
