export { listProfiles, loadProfile } from './definition/load-profile.ts';
export type { LoadedProfile } from './definition/load-profile.ts';
export type { Profile } from './definition/profile.ts';
export { loadDefinition } from './definition/load-definition.ts';
export type { LoadedDefinition } from './definition/load-definition.ts';
export type { Definition, Scenario } from './definition/definition.ts';
export { BenchError, benchErrorCodes } from './errors.ts';
export type { BenchErrorCode } from './errors.ts';
export { loadBench } from './load-bench.ts';
export type { LoadedBench } from './load-bench.ts';
export { measureScenario, verifyScenario } from './measure/measure-scenario.ts';
export type {
  MeasuredEngine,
  MeasureScenarioOptions,
  RunProgress,
  ScenarioMeasurement,
} from './measure/measure-scenario.ts';
export type { Sample } from './measure/run-sample.ts';
export { planRuns } from './plan/plan-runs.ts';
export type { PlannedRun, ScenarioPlan } from './plan/plan-runs.ts';
export { runBenchmark } from './run-benchmark.ts';
export type { BenchOutcome, BenchProgress, RunBenchmarkOptions } from './run-benchmark.ts';
export { loadWorkflow } from './workflow/load-workflow.ts';
export type { LoadedWorkflow } from './workflow/load-workflow.ts';
