import type { Answer } from '../finding.ts';
import { findLooserThresholds, findRepeatedScenarios } from '../policy/compare-with-built-in.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const thresholdsAreNotLoosened: Probe = {
  id: 'thresholds-are-not-loosened',
  gates: ['m0', 'm1', 'm3'],
  profiles: everyProfile,
  motivation: 'A gate that follows its results is no gate: lowering a bar is a decision, and decisions have a reason.',
  method:
    'Each threshold that the gate uses asks at least as much as the one built into the code, or has an entry in [[loosened]] with this value, a reason, a name and a date.',
  otherwise: 'A looser or absent threshold without such an entry: undecided, one finding each.',
  ask({ policyFile: { path, policy }, profile, gate }) {
    const looser = findLooserThresholds(policy, profile, gate);
    const reasonFor = (threshold: string, value: number | null) =>
      policy.loosened.find((entry) => entry.threshold === threshold && entry.value === value);
    const unexplained = looser.filter(({ threshold, value }) => reasonFor(threshold, value) === undefined);
    const answers: Answer[] = unexplained.map(({ threshold, value, builtIn }) => ({
      outcome: 'undecided',
      message: `${path}: ${threshold} is ${value ?? 'absent'}, built in is ${builtIn}, and no [[loosened]] entry gives a reason`,
      value,
      threshold: builtIn,
      file: path,
    }));
    for (const scenario of findRepeatedScenarios(policy)) {
      answers.push({ outcome: 'undecided', message: `${path}: scenario ${scenario} has two limits`, file: path });
    }
    if (answers.length > 0) return answers;
    const reasons = looser.map(({ threshold, value }) => `${threshold} (${reasonFor(threshold, value)?.reason ?? ''})`);
    const message =
      reasons.length === 0
        ? 'no threshold is looser than the built-in one'
        : `loosened with a reason: ${reasons.join('; ')}`;
    return [{ outcome: 'met', message, file: path }];
  },
};
