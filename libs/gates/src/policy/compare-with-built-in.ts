import type { GateName, ProfileName } from '../gate.ts';
import { type BuiltInLimits, builtInLimits } from './built-in-limits.ts';
import type { Policy, ScenarioLimit } from './policy-schema.ts';

/** A threshold of a policy that asks less than the code does. */
export interface LooserThreshold {
  /** Name of the threshold, for example `1024-single.max_latency_ms`. */
  readonly threshold: string;
  /** What the policy has; null if it has no such threshold. */
  readonly value: number | null;
  readonly builtIn: number;
}

interface Comparison extends LooserThreshold {
  /** A larger value asks more. */
  readonly wantsMore: boolean;
}

function compareLimit(builtIn: ScenarioLimit, limit: ScenarioLimit | undefined): Comparison[] {
  const at = (
    name: string,
    value: number | null | undefined,
    bound: number | null,
    wantsMore: boolean,
  ): Comparison[] =>
    bound === null
      ? []
      : [{ threshold: `${builtIn.scenario}.${name}`, value: value ?? null, builtIn: bound, wantsMore }];
  return [
    ...at('width', limit?.width, builtIn.width, true),
    ...at('height', limit?.height, builtIn.height, true),
    ...at('batch_size', limit?.batchSize, builtIn.batchSize, builtIn.batchSize > 1),
    ...at('min_steps', limit?.minSteps, builtIn.minSteps, true),
    ...at('min_runs', limit?.minRuns, builtIn.minRuns, true),
    ...at('min_seconds', limit?.minSeconds, builtIn.minSeconds, true),
    ...at('max_latency_ms', limit?.maxLatencyMs, builtIn.maxLatencyMs, false),
    ...at('min_images_per_minute', limit?.minImagesPerMinute, builtIn.minImagesPerMinute, true),
    ...at('max_roofline_gap', limit?.maxRooflineGap, builtIn.maxRooflineGap, false),
  ];
}

/** Thresholds of every gate. */
function compareEvidenceRules(policy: Policy, builtIn: BuiltInLimits): Comparison[] {
  const at = (threshold: string, value: number, bound: number, wantsMore: boolean): Comparison => ({
    threshold,
    value,
    builtIn: bound,
    wantsMore,
  });
  return [
    at('validity_hours', policy.validityHours, builtIn.validityHours, false),
    at('required_signatures', policy.requiredSignatures, builtIn.requiredSignatures, true),
  ];
}

/** Thresholds of the benchmark. */
function compareBenchmarkLimits(policy: Policy, builtIn: BuiltInLimits): Comparison[] {
  const memory = { value: policy.maxPeakMemoryBytes, builtIn: builtIn.maxPeakMemoryBytes, wantsMore: false };
  return [
    { threshold: 'm1.max_peak_memory_bytes', ...memory },
    ...builtIn.limits.flatMap((limit) =>
      compareLimit(
        limit,
        policy.limits.find(({ scenario }) => scenario === limit.scenario),
      ),
    ),
  ];
}

/** Thresholds of datasets and training. */
function compareTrainingLimits(policy: Policy, limits: BuiltInLimits): Comparison[] {
  const { dataset, training } = policy;
  const { dataset: builtIn, training: bound } = limits;
  const captioning = { value: dataset.maxCaptioningSeconds, builtIn: builtIn.maxCaptioningSeconds, wantsMore: false };
  const pictures = { value: dataset.minPictures, builtIn: builtIn.minPictures, wantsMore: true };
  return [
    { threshold: 'm3.max_captioning_seconds', ...captioning },
    { threshold: 'm3.min_pictures', ...pictures },
    { threshold: 'm3.min_updates', value: training.minUpdates, builtIn: bound.minUpdates, wantsMore: true },
    { threshold: 'm3.max_training_seconds', value: training.maxSeconds, builtIn: bound.maxSeconds, wantsMore: false },
    {
      threshold: 'm3.max_adapter_bytes',
      value: training.maxAdapterBytes,
      builtIn: bound.maxAdapterBytes,
      wantsMore: false,
    },
  ];
}

/** Every threshold that a gate uses and that is looser than, or lacks, the one built in for the profile. */
export function findLooserThresholds(policy: Policy, profile: ProfileName, gate: GateName): LooserThreshold[] {
  const builtIn = builtInLimits[profile];
  const own = { m0: () => [], m1: compareBenchmarkLimits, m3: compareTrainingLimits }[gate];
  return [...compareEvidenceRules(policy, builtIn), ...own(policy, builtIn)]
    .filter(({ value, builtIn: bound, wantsMore }) => value === null || (wantsMore ? value < bound : value > bound))
    .map(({ threshold, value, builtIn: bound }) => ({ threshold, value, builtIn: bound }));
}

/** Scenario names that occur more than once: which limit would count is not clear. */
export function findRepeatedScenarios(policy: Policy): string[] {
  const names = policy.limits.map(({ scenario }) => scenario);
  return [...new Set(names.filter((name, position) => names.indexOf(name) !== position))];
}

/** Probes that are required of a gate by the code and that the policy leaves out. */
export function findDroppedProbes(policy: Policy, gate: GateName, required: readonly string[]): string[] {
  return required.filter((id) => !policy.probes[gate].includes(id));
}
