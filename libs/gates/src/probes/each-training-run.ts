import type { TrainingRunPayload } from '@dgx-pixels/evidence';
import type { GateFacts } from '../facts/gate-facts.ts';
import type { Answer } from '../finding.ts';

/** Asks the same of every trained adapter; without a record the answer is `missing`. */
export function askEachTrainingRun(
  { trainingRuns }: GateFacts,
  ask: (run: TrainingRunPayload) => Answer,
): readonly Answer[] {
  if (trainingRuns.length === 0) {
    return [{ outcome: 'missing', message: 'no record says that an adapter was trained', workstream: 'ws-06' }];
  }
  return trainingRuns.map(({ path, record }) => ({
    subject: record.payload.dataset.name,
    workstream: 'ws-06' as const,
    recordIds: [record.id],
    file: path,
    ...ask(record.payload),
  }));
}
