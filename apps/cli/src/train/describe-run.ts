import { judgeRun, type Run } from '@dgx-pixels/lora-trainer';
import { durationText } from '../output/remaining-time.ts';

/** A run as data and as text: from its files and its process alone. */
export function describeRun(run: Run): { readonly data: unknown; readonly text: string } {
  const { history, request, state, reason } = run;
  const { verdict, reason: why, recommendedStep, rounds } = judgeRun(history);
  const { steps } = request.training;
  const median = medianSeconds(history.steps.slice(-100).map(({ seconds }) => seconds));
  const left = median === null || state !== 'running' ? null : Math.round(median * (steps - history.step));
  const last = rounds.at(-1);
  const lines = [
    `run      ${run.id} (${run.folder})`,
    `state    ${state}${reason === null || reason === state ? '' : `: ${reason}`}${history.error === null ? '' : `, ${history.error.message}`}`,
    `set      ${request.dataset.name}, ${request.dataset.train.length} pictures; base ${request.base.kind}`,
    `updates  ${history.step} of ${steps}${median === null ? '' : `, ${(1 / median).toFixed(2)} a second`}${left === null ? '' : `, ${durationText(left)} left`}`,
    `saved    ${history.checkpoints.map(({ step }) => step).join(', ') || 'no checkpoint yet'}`,
    ...(last === undefined ? [] : [`held out ${rounds.map(({ step, heldOut }) => `${step}: ${heldOut.toFixed(5)}`).join('  ')}`]), // prettier-ignore
    `verdict  ${verdict}: ${why}`,
    ...(recommendedStep === null ? [] : [`use      the checkpoint of update ${recommendedStep}`]),
    ...(history.skipped === 0 ? [] : [`skipped  ${history.skipped} updates that were not finite`]),
  ];
  return {
    data: {
      run: run.id,
      folder: run.folder,
      state,
      reason,
      pid: run.alive ? (run.process?.pid ?? null) : null,
      phase: run.alive ? history.phase : null,
      step: history.step,
      steps,
      secondsPerUpdate: median,
      secondsLeft: left,
      checkpoints: history.checkpoints.map(({ step, folder, adapterSha256 }) => ({ step, folder, adapterSha256 })),
      skipped: history.skipped,
      error: history.error === null ? null : { code: history.error.code, message: history.error.message },
      verdict,
      why,
      recommendedStep,
      rounds,
    },
    text: lines.join('\n'),
  };
}

function medianSeconds(seconds: readonly number[]): number | null {
  return seconds.toSorted((one, other) => one - other)[seconds.length >> 1] ?? null;
}
