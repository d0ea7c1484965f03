import type { TrainRequest } from '../protocol/train-request.ts';

/** Settings of a run that do not depend on the set, the model's place or the machine. */
export interface TrainSettings {
  /** Pixels of every training picture, multiples of 64. */
  readonly size: number;
  /** Pixels per art pixel, a multiple of 8; null: as many as fit. */
  readonly factor: number | null;
  readonly seed: number;
  readonly adapter: TrainRequest['adapter'];
  readonly training: Omit<TrainRequest['training'], 'threads'>;
  readonly validation: TrainRequest['validation'];
  readonly checkpoint: TrainRequest['checkpoint'];
}

/** Timesteps of the validation grid: the middles of eight parts of the schedule. */
const timesteps = [62, 187, 312, 437, 562, 687, 812, 937];

const mission: TrainSettings = {
  size: 1024,
  factor: null,
  seed: 1,
  adapter: { targets: 'attention-ff-proj', rank: 16, alpha: 16 },
  training: {
    steps: 3000,
    batchSize: 1,
    accumulation: 1,
    learningRate: 1e-4,
    warmupSteps: 100,
    schedule: 'constant',
    weightDecay: 0.01,
    clipNorm: 1,
    minSnrGamma: 5,
    noiseOffset: 0,
    captionDropout: 0.1,
    precision: 'float16',
    gradientCheckpointing: false,
    channelsLast: true,
    compile: false,
    device: 'cuda',
  },
  validation: { every: 500, timesteps, noises: 1, trainPictures: 5 },
  checkpoint: { every: 500, keep: 7 },
};

/**
 * Named settings to start from. `mission` is what gate M3 asks for: 3,000 updates in float16; `throughput` learns from four
 * pictures an update at the rate that goes with them; `quality` takes half the memory and the range of bfloat16 and lets
 * the rate fall; `embedded` trains the bundled model on this machine's processor.
 */
export const presets = {
  mission,
  throughput: { ...mission, training: { ...mission.training, batchSize: 4, learningRate: 2e-4, compile: true } },
  quality: {
    ...mission,
    training: {
      ...mission.training,
      batchSize: 4,
      learningRate: 1e-4,
      schedule: 'cosine',
      precision: 'bfloat16',
      gradientCheckpointing: true,
      noiseOffset: 0.0357,
    },
  },
  embedded: {
    ...mission,
    size: 256,
    factor: 8,
    training: {
      ...mission.training,
      batchSize: 4,
      learningRate: 3e-4,
      schedule: 'cosine',
      precision: 'float32',
      channelsLast: false,
      device: 'cpu',
    },
  },
} as const satisfies Record<string, TrainSettings>;

/** Name of a preset. */
export type PresetName = keyof typeof presets;

/** All of them. */
export const presetNames = ['embedded', 'mission', 'throughput', 'quality'] as const satisfies readonly PresetName[];
