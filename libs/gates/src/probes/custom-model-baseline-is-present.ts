import { everyProfile, type Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

export const customModelBaselineIsPresent: Probe = {
  id: 'custom-model-baseline-is-present',
  gates: ['m3'],
  profiles: everyProfile,
  motivation:
    'WS-12 builds custom models on this: it needs an adapter, a baseline to hold others against, and a page to look at.',
  method:
    'Beside the record lie, as sealed, the adapter it speaks of and the side-by-side page of base model and checkpoints.',
  otherwise: 'No record: missing. A file that is absent or not the sealed one: unmet.',
  ask: (facts) => {
    const left = facts.workstreams.find(({ workstream }) => workstream === 'ws-06');
    return askEachTrainingRun(facts, ({ adapter, style }) => {
      const absent = [adapter.path, style.page].filter(
        (path) => left?.artifacts.has(`${left.directory}/${path}`) !== true,
      );
      return {
        outcome: absent.length === 0 ? 'met' : 'unmet',
        message: absent.length === 0 ? `${adapter.path} and ${style.page} are there` : `${absent.join(', ')} not there`,
      };
    });
  },
};
