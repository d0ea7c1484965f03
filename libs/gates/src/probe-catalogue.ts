import { GateError } from './errors.ts';
import type { GateName, ProfileName } from './gate.ts';
import type { Probe } from './probe.ts';
import { architectureIsAarch64 } from './probes/architecture-is-aarch64.ts';
import { augmentationIsPixelExact } from './probes/augmentation-is-pixel-exact.ts';
import { batchThroughputWithinLimit } from './probes/batch-throughput-within-limit.ts';
import { captioningWithinLimit } from './probes/captioning-within-limit.ts';
import { checkpointIsListed } from './probes/checkpoint-is-listed.ts';
import { cuda13IsPresent } from './probes/cuda-13-is-present.ts';
import { datasetHasFiftyImages } from './probes/dataset-has-fifty-images.ts';
import { datasetIsLicensed } from './probes/dataset-is-licensed.ts';
import { engineAnswers } from './probes/engine-answers.ts';
import { gemmPeakWasMeasured } from './probes/gemm-peak-was-measured.ts';
import { hostWasMeasured } from './probes/host-was-measured.ts';
import { imagesAreValid } from './probes/images-are-valid.ts';
import { imagesWereFreshlyGenerated } from './probes/images-were-freshly-generated.ts';
import { inputsAreUnchanged } from './probes/inputs-are-unchanged.ts';
import { latencyIsPhysicallyPossible } from './probes/latency-is-physically-possible.ts';
import { memoryIsUnified } from './probes/memory-is-unified.ts';
import { memoryWithinLimit } from './probes/memory-within-limit.ts';
import { noLeakageAcrossSplits } from './probes/no-leakage-across-splits.ts';
import { numbersRecompute } from './probes/numbers-recompute.ts';
import { policyIsUnchanged } from './probes/policy-is-unchanged.ts';
import { recordsAreIntact } from './probes/records-are-intact.ts';
import { recordsAreMeasured } from './probes/records-are-measured.ts';
import { recordsAreRecent } from './probes/records-are-recent.ts';
import { recordsAreSigned } from './probes/records-are-signed.ts';
import { recordsShareOneEngine } from './probes/records-share-one-engine.ts';
import { recordsShareOneHost } from './probes/records-share-one-host.ts';
import { rooflineGapWithinLimit } from './probes/roofline-gap-within-limit.ts';
import { samplesAreSufficient } from './probes/samples-are-sufficient.ts';
import { sdxlFp16Loads } from './probes/sdxl-fp16-loads.ts';
import { sdxlLatencyOnGb10 } from './probes/sdxl-latency-on-gb10.ts';
import { sdxlThroughputOnGb10 } from './probes/sdxl-throughput-on-gb10.ts';
import { singleImageLatencyWithinLimit } from './probes/single-image-latency-within-limit.ts';
import { textToImageWorks } from './probes/text-to-image-works.ts';
import { thresholdsAreNotLoosened } from './probes/thresholds-are-not-loosened.ts';
import { trainingWithinLimit } from './probes/training-within-limit.ts';
import { resumeIsExact } from './probes/resume-is-exact.ts';
import { trainingHasConverged } from './probes/training-has-converged.ts';
import { adapterWorks } from './probes/adapter-works.ts';
import { styleIsConsistent } from './probes/style-is-consistent.ts';
import { customModelBaselineIsPresent } from './probes/custom-model-baseline-is-present.ts';
import { workflowTemplatesRan } from './probes/workflow-templates-ran.ts';
import { workloadMatchesPolicy } from './probes/workload-matches-policy.ts';

/** Every probe, in the order in which findings are reported. */
export const probeCatalogue: readonly Probe[] = [
  recordsAreIntact,
  numbersRecompute,
  recordsAreMeasured,
  recordsAreRecent,
  recordsAreSigned,
  thresholdsAreNotLoosened,
  hostWasMeasured,
  gemmPeakWasMeasured,
  cuda13IsPresent,
  architectureIsAarch64,
  memoryIsUnified,
  recordsShareOneHost,
  recordsShareOneEngine,
  policyIsUnchanged,
  inputsAreUnchanged,
  engineAnswers,
  checkpointIsListed,
  textToImageWorks,
  workflowTemplatesRan,
  workloadMatchesPolicy,
  samplesAreSufficient,
  imagesAreValid,
  imagesWereFreshlyGenerated,
  singleImageLatencyWithinLimit,
  batchThroughputWithinLimit,
  memoryWithinLimit,
  sdxlLatencyOnGb10,
  sdxlThroughputOnGb10,
  sdxlFp16Loads,
  latencyIsPhysicallyPossible,
  rooflineGapWithinLimit,
  trainingWithinLimit,
  resumeIsExact,
  trainingHasConverged,
  adapterWorks,
  styleIsConsistent,
  customModelBaselineIsPresent,
  captioningWithinLimit,
  augmentationIsPixelExact,
  datasetIsLicensed,
  noLeakageAcrossSplits,
  datasetHasFiftyImages,
];

/** Probes that only report under a profile: the mission's 3 s is not what `gb10-full` is judged by. */
const reportedOnly: Partial<Record<ProfileName, readonly string[]>> = {
  'gb10-full': [
    'single-image-latency-within-limit',
    'batch-throughput-within-limit',
    'sdxl-latency-on-gb10',
    'sdxl-throughput-on-gb10',
  ],
};

/** Ids of the probes that have to answer `met` (or `not-applicable` where they do not apply) for a gate to pass. */
export function requiredProbes(gate: GateName, profile: ProfileName): string[] {
  const reported = reportedOnly[profile] ?? [];
  return probeCatalogue.filter(({ id, gates }) => gates.includes(gate) && !reported.includes(id)).map(({ id }) => id);
}

/** The probe with an id. @throws GateError GATE_PROBE_UNKNOWN */
export function findProbe(id: string): Probe {
  const probe = probeCatalogue.find((entry) => entry.id === id);
  if (probe === undefined) {
    throw new GateError('GATE_PROBE_UNKNOWN', `Probe "${id.slice(0, 80)}" is not known`, { details: { id } });
  }
  return probe;
}
