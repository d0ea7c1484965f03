import type { FaultMeaning } from './fault-meaning.ts';

/** Pictures that a set has already, as they are or changed a little. */
export const duplicateFaults = {
  'duplicate-exact': {
    severity: 'refused',
    meaning: 'A picture has the same pixels as another.',
    hint: 'nothing to do: the first one is kept',
  },
  'duplicate-turned': {
    severity: 'noted',
    meaning: 'A picture is a flip or a turn of another. Both stay on one side of the split.',
    hint: 'remove one of them, unless the model is to learn both directions',
  },
  'duplicate-near': {
    severity: 'noted',
    meaning: 'A picture has at least 90 % of its pixels in common with another. Both stay on one side of the split.',
    hint: 'remove one of them, unless the difference matters',
  },
  'duplicate-recoloured': {
    severity: 'noted',
    meaning: 'A picture is another one in other colours. Both stay on one side of the split.',
    hint: 'remove one of them, unless the colours matter',
  },
} as const satisfies Record<string, FaultMeaning>;
