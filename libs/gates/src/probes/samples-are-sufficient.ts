import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

export const samplesAreSufficient: Probe = {
  id: 'samples-are-sufficient',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A median of a few runs, or of runs that are over before the machine is warm, can be luck.',
  method:
    'For each scenario of the policy: enough runs, enough seconds in total, at least one warm-up run, no failed run.',
  otherwise: 'Too few runs or seconds: undecided. A failed run: unmet.',
  ask: (facts) =>
    askEachLimit(facts, facts.policyFile.policy.limits, ({ record, rows, samplesPath }, { minRuns, minSeconds }) => {
      const failed = rows.filter(({ failure }) => failure !== null);
      const seconds = rows.reduce((sum, { clientMs }) => sum + clientMs, 0) / 1000;
      const warm =
        record.payload.warmupMs.length > 0 && record.payload.plan.warmupRuns === record.payload.warmupMs.length;
      const enough = rows.length >= minRuns && seconds >= minSeconds && warm;
      return {
        outcome: failed.length > 0 ? 'unmet' : enough ? 'met' : 'undecided',
        message: [
          `${counted(rows.length, 'run')} of at least ${minRuns}`,
          ...(minSeconds > 0 ? [`${seconds.toFixed(1)} s of at least ${minSeconds} s`] : []),
          counted(record.payload.warmupMs.length, 'warm-up run'),
          `${failed.length} failed`,
        ].join(', '),
        value: rows.length,
        threshold: minRuns,
        unit: 'runs',
        file: samplesPath,
      };
    }),
};
