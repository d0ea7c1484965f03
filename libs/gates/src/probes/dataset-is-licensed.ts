import { everyProfile, type Probe } from '../probe.ts';
import { askEachDataset } from './each-dataset.ts';

export const datasetIsLicensed: Probe = {
  id: 'dataset-is-licensed',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'A model trained on pictures of unclear licence cannot be passed on (mission, issue 5).',
  method:
    'Each picture of each example dataset has a licence of the allow-list with the attribution it wants, and nothing else keeps a picture from being used.',
  otherwise: 'No record: missing. A picture without such a licence, or with a fault that refuses it: unmet.',
  ask: (facts) =>
    askEachDataset(facts, ({ pictures, derived, licences, refused, faults }) => {
      const licensed = licences.reduce((sum, licence) => sum + licence.pictures, 0);
      const named = licences.map(({ spdx, pictures: count }) => `${spdx} ${count}`).join(', ');
      const [first] = faults.filter(({ kind }) => kind.startsWith('licence-'));
      const complaint = first === undefined ? '' : `; ${first.path}: ${first.message}`;
      return {
        outcome: licensed >= pictures + derived && refused === 0 && first === undefined ? 'met' : 'unmet',
        message: `licences ${named === '' ? 'none' : named}, ${refused} refused${complaint}`,
        value: licensed,
        threshold: pictures + derived,
        unit: 'pictures',
      };
    }),
};
