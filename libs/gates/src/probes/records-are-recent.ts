import { everyProfile, type Probe } from '../probe.ts';
import { askEachWorkstream } from './each-workstream.ts';

/** How far a record may lie in the future: clocks of two machines differ. */
const clockToleranceMs = 5 * 60_000;

export const recordsAreRecent: Probe = {
  id: 'records-are-recent',
  gates: ['m0', 'm1', 'm3'],
  profiles: everyProfile,
  motivation: 'Drivers, models and machines change; an old figure describes what was.',
  method: 'No record is older than the policy’s validity, and none is from the future (5 minutes allowed).',
  otherwise: 'Too old or from the future: undecided.',
  ask: (facts) =>
    askEachWorkstream(facts, ({ records }) => {
      const limit = facts.policyFile.policy.validityHours;
      const ages = records.map(({ path, record }) => ({
        path,
        ms: facts.now.getTime() - Date.parse(record.createdAt),
      }));
      const wrong = ages.find(({ ms }) => ms > limit * 3_600_000 || ms < -clockToleranceMs);
      const oldest = Math.max(...ages.map(({ ms }) => ms)) / 3_600_000;
      return {
        outcome: wrong === undefined ? 'met' : 'undecided',
        message:
          wrong === undefined
            ? `oldest record ${Math.max(oldest, 0).toFixed(1)} h, at most ${limit} h`
            : `${wrong.path} is ${(Math.abs(wrong.ms) / 3_600_000).toFixed(1)} h ${wrong.ms < 0 ? 'in the future' : 'old'}, at most ${limit} h`,
        value: wrong === undefined ? Math.max(oldest, 0) : wrong.ms / 3_600_000,
        threshold: limit,
        unit: 'h',
        ...(wrong === undefined ? {} : { file: wrong.path }),
      };
    }),
};
