import { importExport, packPng } from '@dgx-pixels/dataset-tools';
import { hashFile } from '@dgx-pixels/evidence';
import type { Raster } from '@dgx-pixels/pixel-art';
import type { ComparisonPage, EvaluationRow, PagePicture } from '../comparison-page/comparison-page.ts';
import type { Run } from '../run/read-run.ts';
import { judgeRun } from '../verdict/judge-run.ts';
import { smoothLoss } from '../verdict/smooth-loss.ts';
import type { Comparison } from './compare-run.ts';
import { checkpointAdapter } from './offer-adapters.ts';

const mostExamples = 12;

/** What the side-by-side page of a run shows. */
export async function pageOfRun(run: Run, comparison: Comparison): Promise<ComparisonPage> {
  const { request, history, folder, id } = run;
  const { prompts, seeds, samples, evaluated, evaluation } = comparison;
  const convergence = judgeRun(history);
  const seed = seeds[0] ?? 1;
  const steps = [...new Set(samples.map(({ step }) => step))].sort((one, other) => one - other);
  const pictures = [];
  for (const text of prompts) {
    const row: (PagePicture | null)[] = [];
    for (const step of steps) {
      const sample = samples.find((one) => one.step === step && one.text === text && one.seed === seed);
      row.push(sample === undefined ? null : pictureOf(sample.native));
    }
    pictures.push(row);
  }
  const adapter = checkpointAdapter(folder, evaluated);
  return {
    title: `${request.dataset.name}: adapter against base model`,
    run: {
      name: id,
      baseModel: request.base.kind === 'bundled' ? 'pixel-sprites (bundled)' : request.base.path,
      dataset: {
        name: request.dataset.name,
        trigger: request.dataset.trigger,
        licence: request.metadata['modelspec.license'] ?? 'not given',
      },
      rank: request.adapter.rank,
      alpha: request.adapter.alpha,
      steps: history.step,
      seconds: history.farewells.reduce((sum, { seconds }) => sum + seconds, 0),
      verdict: { word: convergence.verdict, sentence: convergence.reason },
      recommendedStep: convergence.recommendedStep,
      adapter: { file: adapter.slice(folder.length + 1), sha256: await hashFile(adapter) },
    },
    prompts: prompts.map((text) => ({ text, seed })),
    columns: steps.map((step) => (step === 0 ? { label: 'base', step: null } : { label: `update ${step}`, step })),
    pictures,
    evaluation: [evaluation.style, ...evaluation.measures].map(evaluationRow),
    curves: {
      heldOut: convergence.rounds.map(({ step, heldOut, againstBase }) => ({
        step,
        loss: heldOut,
        change: againstBase,
      })),
      train: convergence.rounds.map(({ step, train }) => ({ step, loss: train, change: null })),
      training: smoothLoss(history.steps).map(({ step, value }) => ({ step, loss: value })),
      smoothing: 'relative to the start, by tenth of the timesteps, exponential mean 0.99',
    },
    examples: await examplesOf(request.dataset.path),
  };
}

function evaluationRow({
  measure,
  base,
  generated,
  difference,
  verdict,
}: Comparison['evaluation']['style']): EvaluationRow {
  return { measure, base, adapter: generated, difference, verdict };
}

async function examplesOf(dataset: string): Promise<ComparisonPage['examples']> {
  const { pictures } = await importExport(dataset);
  const examples = [];
  for (const { image, native } of pictures.filter(({ image: { split } }) => split === 'train').slice(0, mostExamples)) {
    examples.push({ picture: pictureOf(native), caption: image.caption });
  }
  return examples;
}

function pictureOf(raster: Raster): PagePicture {
  return { png: packPng(raster), width: raster.width, height: raster.height };
}
