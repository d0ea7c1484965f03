import type { Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

export const resumeIsExact: Probe = {
  id: 'resume-is-exact',
  gates: ['m3'],
  profiles: ['embedded'],
  motivation: 'A run that is resumed wrongly goes on with other data and other noise, and nobody sees it.',
  method:
    'A run was killed with SIGKILL after a checkpoint and resumed: losses, validation, last checkpoint and adapter are those of an undisturbed run, byte by byte. Asked on processors: GPUs add numbers in changing order.',
  otherwise: 'No record: missing. Any difference: unmet.',
  ask: (facts) =>
    askEachTrainingRun(facts, ({ resume }) => ({
      outcome: resume.exact && resume.resumedFrom > 0 && resume.killedBefore > resume.resumedFrom ? 'met' : 'unmet',
      message: `${resume.updates} updates, killed before update ${resume.killedBefore}, resumed from ${resume.resumedFrom}: ${resume.exact ? 'the same bytes' : 'other bytes'}`,
    })),
};
