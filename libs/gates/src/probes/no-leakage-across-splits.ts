import { everyProfile, type Probe } from '../probe.ts';
import { askEachDataset } from './each-dataset.ts';

export const noLeakageAcrossSplits: Probe = {
  id: 'no-leakage-across-splits',
  gates: ['m3'],
  profiles: everyProfile,
  motivation:
    'A held-out picture that training has seen measures memory, and one that the base model has seen no style.',
  method:
    'No pair of equal or nearly equal pictures lies on both sides of the split, pictures are held out at all, and none is in the training data of the bundled model.',
  otherwise: 'No record, or nothing to compare with: missing. A pair, a shared picture, or nothing held out: unmet.',
  ask: (facts) =>
    askEachDataset(facts, ({ pairsAcrossSplit, sharedWithModel, heldOut }, { modelSprites }) => {
      const message = `${heldOut} held out, ${pairsAcrossSplit} pairs across the split, ${sharedWithModel} shared with ${modelSprites} pictures of the bundled model`;
      if (modelSprites === 0) return { outcome: 'missing', message };
      const clean = pairsAcrossSplit === 0 && sharedWithModel === 0 && heldOut > 0;
      return { outcome: clean ? 'met' : 'unmet', message, value: pairsAcrossSplit + sharedWithModel, threshold: 0 };
    }),
};
