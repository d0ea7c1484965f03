import { basename } from 'node:path';
import { readTrainingSet } from '@dgx-pixels/dataset-tools';
import type { TrainingRunPayload } from '@dgx-pixels/evidence';
import type { AdapterReport } from '../adapter/adapter-report.ts';
import type { PickedCheckpoint } from '../pick/pick-checkpoint.ts';
import type { Run } from '../run/read-run.ts';
import type { RunHistory } from '../run/run-history.ts';
import type { Comparison } from '../samples/compare-run.ts';
import { judgeRun } from '../verdict/judge-run.ts';
import type { ResumeProof } from '../verify-resume/verify-resume.ts';

/** Files beside the record. */
export const adapterFile = 'adapter.safetensors';
/** The side-by-side page. */
export const pageFile = 'comparison.html';

/** What was found about a run, as the record has it. Every number is taken from events, files or pictures. */
export async function trainingRunPayload(
  run: Run,
  found: {
    readonly picked: PickedCheckpoint;
    readonly adapter: AdapterReport;
    readonly comparison: Comparison;
    readonly resume: ResumeProof;
  },
): Promise<TrainingRunPayload> {
  const { request, history } = run;
  const { verdict, reason, recommendedStep, rounds } = judgeRun(history);
  const { lock } = await readTrainingSet(request.dataset.path);
  const { updates, killedBefore, resumedFrom, exact } = found.resume;
  return {
    run: run.id,
    base: { kind: request.base.kind, name: basename(request.base.path), sha256: request.base.sha256 },
    dataset: {
      name: request.dataset.name,
      lockSha256: request.dataset.lockSha256,
      pictures: request.dataset.train.length + request.dataset.validation.length,
      heldOut: request.dataset.validation.length,
      licences: [...lock.licences],
    },
    settings: settingsOf(run),
    software: {
      python: history.hello?.python ?? 'unknown',
      torch: history.hello?.torch ?? 'unknown',
      device: history.hello?.device ?? 'unknown',
    },
    steps: history.step,
    skipped: history.skipped,
    seconds: secondsOf(history),
    peakMemoryBytes: history.peakMemoryBytes,
    rounds: rounds.map(({ step, heldOut, train, againstBase }) => ({ step, heldOut, train, againstBase: { ...againstBase } })), // prettier-ignore
    verdict,
    reason,
    recommendedStep,
    resume: { updates, killedBefore, resumedFrom, exact },
    adapter: {
      path: adapterFile,
      sha256: found.adapter.sha256 ?? '',
      bytes: found.adapter.bytes,
      step: found.picked.step,
      tensors: found.adapter.tensors,
      modules: found.adapter.modules,
      expectedModules: found.adapter.expectedModules,
      faults: found.adapter.faults.map(({ message }) => message).slice(0, 100),
    },
    loading: { ...found.comparison.loading },
    style: styleOf(found.comparison),
    missing: {
      ...(recommendedStep === null && { recommendedStep: 'no checkpoint is better than the base model beyond chance' }),
      ...Object.fromEntries(
        rounds.flatMap(({ train }, index) =>
          train === null ? [[`rounds.${index}.train`, 'no training pictures are validated']] : [],
        ),
      ),
    },
  };
}

function settingsOf({ request: { training, dataset, adapter, seed } }: Run): TrainingRunPayload['settings'] {
  const { steps, batchSize, accumulation, learningRate, schedule, precision, device, threads } = training;
  return {
    ...{ steps, batchSize: batchSize * accumulation, learningRate, schedule, precision, device, threads, seed },
    ...{ width: dataset.width, height: dataset.height },
    ...{ targets: adapter.targets, rank: adapter.rank, alpha: adapter.alpha },
  };
}

function secondsOf({ farewells, steps }: RunHistory): TrainingRunPayload['seconds'] {
  const sum = (of: (bye: RunHistory['farewells'][number]) => number): number =>
    farewells.reduce((total, bye) => total + of(bye), 0);
  const sorted = steps.map(({ seconds }) => seconds).sort((one, other) => one - other);
  return {
    total: sum(({ seconds }) => seconds),
    updates: sum(({ trainSeconds }) => trainSeconds),
    validation: sum(({ validationSeconds }) => validationSeconds),
    checkpoints: sum(({ checkpointSeconds }) => checkpointSeconds),
    medianUpdate: sorted[sorted.length >> 1] ?? 0,
  };
}

function styleOf({ prompts, seeds, settings, evaluation }: Comparison): TrainingRunPayload['style'] {
  const distance = ({ measure, base, generated, difference, verdict }: typeof evaluation.style) => ({
    ...{ measure, base, adapter: generated, verdict },
    difference: { ...difference },
  });
  return {
    prompts: [...prompts],
    seeds: [...seeds],
    samplerSteps: settings.steps,
    cfg: settings.cfg,
    pairs: evaluation.style.difference.n,
    overall: distance(evaluation.style),
    measures: evaluation.measures.map(distance),
    copies: evaluation.memorisation.pictures.length,
    page: pageFile,
  };
}
