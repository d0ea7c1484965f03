export { checkAdapter, type CheckAdapterOptions } from './adapter/check-adapter.ts';
export type { AdapterFinding, AdapterReport } from './adapter/adapter-report.ts';
export { type BaseModel, inspectBase } from './base/inspect-base.ts';
export { type PresetName, presetNames, presets, type TrainSettings } from './config/presets.ts';
export {
  checkTrainConfig,
  parseTrainConfig,
  type ResolvedConfig,
  resolveConfig,
  type TrainConfig,
} from './config/train-config.ts';
export { LoraTrainerError, type LoraTrainerErrorCode, loraTrainerErrorCodes } from './errors.ts';
export { measureCanary } from './plan/measure-canary.ts';
export { maxAdapterBytes, planTraining } from './plan/plan-training.ts';
export { predictedGb10Rate, type TimeRange, type TrainingRate } from './plan/predict-time.ts';
export { prepareRun } from './plan/prepare-run.ts';
export { rateOfEarlierRun } from './plan/rate-of-run.ts';
export type { PlannedDataset, TrainingPlan } from './plan/training-plan.ts';
export { type ExitClass, exitClasses, type TrainEvent, trainEventSchema } from './protocol/train-event.ts';
export { type TargetSet, type TrainRequest, trainRequestSchema } from './protocol/train-request.ts';
export { findRun, listRuns, readRun, type Run, type RunState } from './run/read-run.ts';
export { type RunPaths, runPaths } from './run/run-folder.ts';
export type { RunHistory } from './run/run-history.ts';
export { stopRun } from './supervise/stop-run.ts';
export { type RunEnd, startDetached, type SuperviseOptions, superviseRun } from './supervise/supervise-run.ts';
export { readLogEnd, type TrainerProgram } from './supervise/trainer-process.ts';
export type { TrainerEnd, WatchLimits } from './supervise/watch-trainer.ts';
export { type Convergence, type ConvergenceVerdict, type ValidationRound } from './verdict/judge-convergence.ts';
export { judgeRun } from './verdict/judge-run.ts';
export { type SmoothedLoss, smoothLoss } from './verdict/smooth-loss.ts';
export { copyAdapter, exportCheckpoint, pickCheckpoint, type PickedCheckpoint } from './pick/pick-checkpoint.ts';
export { checkpointAdapter, type SampleEngine } from './samples/offer-adapters.ts';
export { verifyResume, type ResumeProof, type VerifyResumeOptions } from './verify-resume/verify-resume.ts';
export {
  writeTrainingRun,
  type WriteTrainingRunOptions,
  type WrittenTrainingRun,
} from './measure/write-training-run.ts';
export { renderComparisonPage } from './comparison-page/render-comparison-page.ts';
export type { ComparisonPage } from './comparison-page/comparison-page.ts';
export { compareRun, type CompareOptions, type Comparison } from './samples/compare-run.ts';
export { pageOfRun } from './samples/page-of-run.ts';
export type { Sample, SamplePrompt, SampleSettings } from './samples/sample-checkpoints.ts';
