import type { DatasetCheckPayload } from '@dgx-pixels/evidence';
import type { GateFacts } from '../facts/gate-facts.ts';
import type { Answer } from '../finding.ts';

/** An example dataset as a record has it. */
export type CheckedDataset = DatasetCheckPayload['datasets'][number];

/** Asks the same of every dataset of every record; without a record the answer is `missing`. */
export function askEachDataset(
  { datasetChecks }: GateFacts,
  ask: (dataset: CheckedDataset, payload: DatasetCheckPayload) => Answer,
): readonly Answer[] {
  if (datasetChecks.length === 0) {
    return [{ outcome: 'missing', message: 'no record says what the datasets are', workstream: 'ws-07' }];
  }
  return datasetChecks.flatMap(({ path, record }) =>
    record.payload.datasets.map((dataset) => ({
      subject: dataset.name,
      workstream: 'ws-07' as const,
      recordIds: [record.id],
      file: path,
      ...ask(dataset, record.payload),
    })),
  );
}
