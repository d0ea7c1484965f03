import type { GateFacts, WorkstreamFacts } from '../facts/gate-facts.ts';
import type { Answer } from '../finding.ts';

/** Ids of a workstream's records. */
export const idsOf = (workstream: WorkstreamFacts): string[] => workstream.records.map(({ record }) => record.id);

/** Asks the same of every workstream; one that left no record is `missing` without being asked. */
export function askEachWorkstream(
  facts: GateFacts,
  ask: (workstream: WorkstreamFacts) => Answer | readonly Answer[],
): readonly Answer[] {
  return facts.workstreams.flatMap<Answer>((workstream) => {
    const about = { subject: workstream.workstream, workstream: workstream.workstream, file: workstream.directory };
    if (workstream.records.length === 0) {
      return [{ outcome: 'missing', message: `${workstream.directory} holds no sound record`, ...about }];
    }
    return [ask(workstream)].flat().map((answer) => ({ recordIds: idsOf(workstream), ...about, ...answer }));
  });
}
