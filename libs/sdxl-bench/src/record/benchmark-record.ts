import { createRecord, deriveBenchmark, describeArtifact, formatSampleRows } from '@dgx-pixels/evidence';
import type {
  ArtifactSource,
  BenchmarkRecord,
  EngineInfo,
  Fingerprint,
  InputRef,
  SampleRow,
  ToolInfo,
} from '@dgx-pixels/evidence';
import type { ScenarioMeasurement } from '../measure/measure-scenario.ts';
import type { LoadedWorkflow } from '../workflow/load-workflow.ts';

/** What all records of one measurement have in common. */
export interface MeasurementContext {
  readonly profile: string;
  readonly tool: ToolInfo;
  readonly host: Fingerprint;
  readonly engine: EngineInfo;
  readonly workflow: LoadedWorkflow;
  readonly files: { readonly profile: InputRef; readonly definition: InputRef; readonly policy: InputRef };
  readonly lockToken: number;
}

/** A scenario's record and the files that belong to it. */
export interface RecordedScenario {
  readonly name: string;
  readonly record: BenchmarkRecord;
  readonly artifacts: readonly ArtifactSource[];
}

/**
 * Makes the record of one scenario: raw rows and kept images as artifacts, derived numbers from the rows alone.
 *
 * @throws EvidenceError EVIDENCE_RECORD_INVALID when the measurement does not satisfy the record's schema
 */
export function recordScenario(measurement: ScenarioMeasurement, context: MeasurementContext): RecordedScenario {
  const { plan, samples, memory } = measurement;
  const { scenario, recipe } = plan;
  const { name } = scenario;
  const { rows, images } = keepImages(measurement);
  const samplesText = formatSampleRows(rows);
  const samplesPath = `samples/${name}.jsonl`;
  const artifacts = [{ path: samplesPath, data: samplesText }, ...images];
  const { sampler, decode, save } = context.workflow.nodes;
  const mustRunNodes = [sampler, decode, save];
  const { workflow, parameters } = context.workflow.files;
  const described = {
    name,
    ...recipeOf(recipe),
    width: scenario.width,
    height: scenario.height,
    batchSize: scenario.batchSize,
  };
  const record = createRecord({
    kind: 'benchmark',
    profile: context.profile,
    workstream: 'ws-05',
    origin: 'measured',
    tool: context.tool,
    host: context.host,
    engine: context.engine,
    inputs: [context.files.profile, context.files.definition, context.files.policy, workflow, parameters],
    artifacts: artifacts.map(({ path, data }) => describeArtifact(path, data)),
    payload: {
      scenario: described,
      files: { ...context.files, workflow },
      plan: {
        warmupRuns: plan.warmups.length,
        measuredRuns: samples.length,
        firstSeed: plan.firstSeed.toString(),
        mustRunNodes,
      },
      warmupMs: [...measurement.warmupMs],
      samples: { path: samplesPath, count: samples.length },
      ...deriveBenchmark(rows, described, mustRunNodes),
      memory: { peakProcessBytes: memory.peakProcessBytes, availableDropBytes: memory.availableDropBytes },
      loadAverage: measurement.loadAverage,
      lock: { token: context.lockToken },
      missing: Object.fromEntries(Object.entries(memory.missing).map(([field, reason]) => [`memory.${field}`, reason])),
    },
  });
  return { name, record, artifacts };
}

function recipeOf(recipe: ScenarioMeasurement['plan']['recipe']) {
  const { checkpoint, dtype, steps, cfg, sampler, scheduler } = recipe;
  return { checkpoint, dtype, steps, cfg, sampler, scheduler };
}

/** Rows that name the kept image files, and those files. */
function keepImages({ plan, samples }: ScenarioMeasurement): {
  readonly rows: readonly SampleRow[];
  readonly images: readonly { readonly path: string; readonly data: Uint8Array }[];
} {
  const kept: { readonly path: string; readonly data: Uint8Array }[] = [];
  const rows = samples.map(({ row, files }) => ({
    ...row,
    images: row.images.map((image, position) => {
      const data = files[position];
      if (data === undefined) return image;
      const path = `images/${plan.scenario.name}/${String(row.index).padStart(4, '0')}-${position}.png`;
      kept.push({ path, data });
      return { ...image, path };
    }),
  }));
  return { rows, images: kept };
}
