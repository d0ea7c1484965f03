import { type TrainingRunPayload, trainingRunPayloadSchema } from '@dgx-pixels/evidence';

export type { TrainingRunPayload };

const sha256 = 'a'.repeat(64);
const closer = { mean: -0.2, low: -0.3, high: -0.1, n: 20 };

/** A run that meets every criterion. */
export function trainingRunPayload(): TrainingRunPayload {
  const distance = (measure: string) => ({
    ...{ measure, base: 0.6, adapter: 0.3, verdict: 'closer' as const },
    difference: { ...closer },
  });
  return trainingRunPayloadSchema.parse({
    run: '01JD0000000000000000000000',
    base: { kind: 'bundled', name: 'model', sha256 },
    dataset: { name: 'icons', lockSha256: sha256, pictures: 50, heldOut: 10, licences: [{ spdx: 'CC0-1.0', pictures: 50 }] }, // prettier-ignore
    settings: {
      ...{ steps: 3000, batchSize: 4, learningRate: 3e-4, schedule: 'cosine', precision: 'float32', device: 'cpu' },
      ...{ threads: 2, width: 256, height: 256, targets: 'attention-ff-proj', rank: 16, alpha: 16, seed: 1 },
    },
    software: { python: '3.12.0', torch: '2.13.0', device: 'cpu, 2 threads' },
    steps: 3000,
    skipped: 0,
    seconds: { total: 500, updates: 450, validation: 20, checkpoints: 2, medianUpdate: 0.15 },
    peakMemoryBytes: 600_000_000,
    rounds: [
      { step: 0, heldOut: 0.02, train: 0.02, againstBase: { mean: 0, low: 0, high: 0, n: 80 } },
      { step: 3000, heldOut: 0.01, train: 0.009, againstBase: { mean: -0.01, low: -0.011, high: -0.009, n: 80 } },
    ],
    verdict: 'converged',
    reason: 'the held-out error fell by 50 % and has settled',
    recommendedStep: 3000,
    resume: { updates: 40, killedBefore: 31, resumedFrom: 20, exact: true },
    adapter: { path: 'adapter.safetensors', sha256, bytes: 800_000, step: 3000, tensors: 252, modules: 84, expectedModules: 84, faults: [] }, // prettier-ignore
    loading: { zeroIsBase: true, changed: 20, pictures: 20 },
    style: {
      ...{
        prompts: ['a heart'],
        seeds: [1, 2],
        samplerSteps: 20,
        cfg: 5,
        pairs: 20,
        copies: 0,
        page: 'comparison.html',
      },
      overall: distance('style'),
      measures: [distance('palette'), distance('edges'), { ...distance('fill'), verdict: 'undecided' }],
    },
    missing: {},
  });
}
