import { join } from 'node:path';
import { ulid } from 'ulid';
import type { TrainRequest } from '../src/protocol/train-request.ts';

const sha256 = 'c'.repeat(64);

/** A request for the small trainer. */
export function makeRequest(runs: string, trouble = 'none=0', steps = 20, pause = 1): TrainRequest {
  const runId = ulid();
  return {
    version: 1,
    runId,
    runFolder: join(runs, runId),
    seed: 1,
    base: { kind: 'bundled', path: '/model', sha256 },
    dataset: {
      path: '/set',
      lockSha256: sha256,
      name: 'set',
      trigger: null,
      width: 64,
      height: 64,
      train: [{ id: sha256, file: 'a.png', sha256, caption: 'a' }],
      validation: [],
    },
    adapter: { targets: 'attention', rank: 4, alpha: 4 },
    training: {
      ...{ steps, batchSize: 1, accumulation: 1, learningRate: 0.1, warmupSteps: 0, schedule: 'constant' },
      ...{ weightDecay: 0, clipNorm: 1, minSnrGamma: null, noiseOffset: 0, captionDropout: 0, precision: 'float32' },
      ...{ gradientCheckpointing: false, channelsLast: false, compile: false, device: 'cpu', threads: 1 },
    },
    validation: { every: 100, timesteps: [500], noises: 1, trainPictures: 0 },
    checkpoint: { every: 5, keep: 3 },
    metadata: { 'test.trouble': trouble, 'test.pause': String(pause) },
  };
}
