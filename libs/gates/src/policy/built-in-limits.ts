import type { ProfileName } from '../gate.ts';
import type { ScenarioLimit } from './policy-schema.ts';

/** What the datasets and the tools that make them have to reach. */
interface DatasetLimits {
  /** For 100 pictures, wall-clock. */
  readonly maxCaptioningSeconds: number;
  /** Of each example dataset, derived pictures not counted. */
  readonly minPictures: number;
}

/** What training an adapter has to reach. */
interface TrainingLimits {
  readonly minUpdates: number;
  /** From the start of the trainer to its end, wall-clock. */
  readonly maxSeconds: number;
  /** Of the adapter's file. */
  readonly maxAdapterBytes: number;
}

/** The loosest limits that a policy may have without giving a reason. */
export interface BuiltInLimits {
  readonly validityHours: number;
  readonly requiredSignatures: number;
  readonly maxPeakMemoryBytes: number;
  readonly limits: readonly ScenarioLimit[];
  readonly dataset: DatasetLimits;
  readonly training: TrainingLimits;
}

/** Longest age of a record, for every profile: a week. */
const validityHours = 168;

/** The mission's M1 criteria: ≤ 3 s an image, ≥ 15 images a minute in batches of 8, ≤ 100 GB. */
const mission = { maxLatencyMs: 3000, minImagesPerMinute: 15, maxPeakMemoryBytes: 100_000_000_000 } as const;

/** The mission's M3 criteria for datasets: 100 captions in five minutes, 50 pictures. */
const dataset: DatasetLimits = { maxCaptioningSeconds: 300, minPictures: 50 };

/** The mission's M3 criteria for training: 3,000 updates within four hours, a file of at most 100 MB. */
const training: TrainingLimits = { minUpdates: 3000, maxSeconds: 14_400, maxAdapterBytes: 100_000_000 };

const unjudged = { minSeconds: 0, maxLatencyMs: null, minImagesPerMinute: null, maxRooflineGap: null } as const;

const sprite = (side: number, minSteps: number) => ({ ...unjudged, width: side, height: side, minSteps });
const single = { batchSize: 1, minRuns: 30 } as const;
const batch = { batchSize: 8, minRuns: 10 } as const;

/** SDXL at its native size; batches run for 600 s, as MLPerf Inference asks of any performance run. */
const sdxl = (minSteps: number): [ScenarioLimit, ScenarioLimit] => [
  { ...sprite(1024, minSteps), ...single, minRuns: 64, scenario: '1024-single', maxLatencyMs: mission.maxLatencyMs },
  {
    ...sprite(1024, minSteps),
    ...batch,
    scenario: '1024-batch8',
    minSeconds: 600,
    minImagesPerMinute: mission.minImagesPerMinute,
  },
];

/**
 * Limits that are part of the code, so that editing a policy file alone cannot lower a bar unnoticed. `embedded` has
 * limits of its own, which a laptop with two cores reaches: they show that the path works, not that it is fast.
 */
export const builtInLimits: Record<ProfileName, BuiltInLimits> = {
  embedded: {
    validityHours,
    requiredSignatures: 0,
    maxPeakMemoryBytes: 2 ** 30,
    dataset,
    training,
    limits: [
      { ...sprite(128, 8), ...single, scenario: '128-single', maxLatencyMs: 3000 },
      { ...sprite(128, 8), ...batch, scenario: '128-batch8', minImagesPerMinute: 15 },
      { ...sprite(256, 8), ...single, scenario: '256-single', maxLatencyMs: 6000 },
      { ...sprite(256, 8), ...batch, scenario: '256-batch8', minImagesPerMinute: 8 },
    ],
  },
  comfyui: {
    validityHours,
    requiredSignatures: 0,
    dataset,
    training,
    maxPeakMemoryBytes: mission.maxPeakMemoryBytes,
    limits: sdxl(4),
  },
  'gb10-fast': {
    validityHours,
    requiredSignatures: 1,
    dataset,
    training,
    maxPeakMemoryBytes: mission.maxPeakMemoryBytes,
    limits: sdxl(4),
  },
  'gb10-full': {
    validityHours,
    requiredSignatures: 1,
    dataset,
    training,
    maxPeakMemoryBytes: mission.maxPeakMemoryBytes,
    limits: sdxl(20).map((limit) => ({
      ...limit,
      maxLatencyMs: null,
      minImagesPerMinute: null,
      maxRooflineGap: limit.batchSize === 1 ? 1.4 : null,
    })),
  },
};

/** The mission's figures for a DGX Spark, which the probes named after GB10 compare with under every policy. */
export const missionLimits = mission;
