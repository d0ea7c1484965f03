import type { FaultMeaning } from './fault-meaning.ts';

/** Captions that a trainer would not read as they were meant. */
export const captionFaults = {
  'caption-missing': {
    severity: 'refused',
    meaning: 'A picture has no caption.',
    hint: 'npx dgx-pixels dataset caption <dataset>',
  },
  'caption-empty': {
    severity: 'refused',
    meaning: 'A caption file has no words: trainers stop at it.',
    hint: 'write one line into it, or remove it and run dataset caption',
  },
  'caption-not-utf8': {
    severity: 'refused',
    meaning: 'A caption file is not UTF-8.',
    hint: 'save it as UTF-8',
  },
  'caption-many-lines': {
    severity: 'noted',
    meaning: 'A caption file has several lines; trainers read the first, and so is it taken over.',
    hint: 'put all words on one line',
  },
  'caption-has-controls': {
    severity: 'refused',
    meaning: 'A caption holds control or invisible formatting characters.',
    hint: 'remove them from the caption file',
  },
  'caption-lacks-trigger': {
    severity: 'noted',
    meaning: 'A caption does not contain the trigger word of the dataset.',
    hint: 'npx dgx-pixels dataset caption <dataset> --mode overwrite, or edit the caption',
  },
  'caption-too-long': {
    severity: 'noted',
    meaning: 'A caption has more tokens than CLIP reads at once (75): many trainers cut the rest.',
    hint: 'shorten it',
  },
  'caption-file-unknown': {
    severity: 'noted',
    meaning: 'A caption file belongs to no picture that was taken in.',
    hint: 'give it the name of its picture',
  },
} as const satisfies Record<string, FaultMeaning>;
