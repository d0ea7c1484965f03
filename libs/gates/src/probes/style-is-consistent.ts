import { everyProfile, type Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

/** Measures that have to come closer on their own. */
const leading = ['palette', 'edges'];

export const styleIsConsistent: Probe = {
  id: 'style-is-consistent',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'An adapter is of use when its pictures have the style of the set, more than the base model’s do.',
  method:
    'From the same prompts and seeds, the adapter’s pictures lie closer to the training pictures than the base model’s: over all measures together, by palette and by edges, each with its whole 95 % interval below 0; and at most one in ten is a copy of a training picture.',
  otherwise: 'No record: missing. Fewer than ten pairs, or any interval that reaches 0: unmet.',
  ask: (facts) =>
    askEachTrainingRun(facts, ({ style }) => {
      const asked = [style.overall, ...style.measures.filter(({ measure }) => leading.includes(measure))];
      const closer = asked.every(({ difference }) => difference.high < 0) && asked.length === leading.length + 1;
      const { base, adapter, difference } = style.overall;
      const lines = asked.map(({ measure, verdict }) => `${measure} ${verdict}`).join(', ');
      return {
        outcome: closer && style.pairs >= 10 && style.copies * 10 <= style.pairs ? 'met' : 'unmet',
        message: `${base.toFixed(2)} → ${adapter.toFixed(2)} over ${style.pairs} pairs [${difference.low.toFixed(2)}, ${difference.high.toFixed(2)}]; ${lines}; ${style.copies} copies`,
        value: difference.high,
        threshold: 0,
      };
    }),
};
