import { everyProfile, type Probe } from '../probe.ts';
import { askEachDataset } from './each-dataset.ts';

export const datasetHasFiftyImages: Probe = {
  id: 'dataset-has-fifty-images',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'The mission trains on fifty pictures; copies and mirror images of fewer are fewer.',
  method:
    'Each example dataset has at least as many originals as the policy asks (50), every one with a caption; derived pictures do not count.',
  otherwise: 'No record: missing. Fewer pictures or captions: unmet.',
  ask: (facts) =>
    askEachDataset(facts, ({ pictures, captioned, derived }) => {
      const { minPictures } = facts.policyFile.policy.dataset;
      const enough = pictures >= minPictures && captioned >= pictures;
      return {
        outcome: enough ? 'met' : 'unmet',
        message: `${pictures} originals, ${captioned} captions, ${derived} derived pictures`,
        value: Math.min(pictures, captioned),
        threshold: minPictures,
        unit: 'pictures',
      };
    }),
};
