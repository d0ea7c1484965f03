import type { FaultMeaning } from './fault-meaning.ts';

const takeBack = 'take it back from version control or ingest the sources again';

/** What is wrong with a dataset as a whole: its files, its split, its size, its exports. */
export const setFaults = {
  'image-file-missing': {
    severity: 'refused',
    meaning: 'The manifest names a picture that is not there.',
    hint: takeBack,
  },
  'image-file-changed': {
    severity: 'refused',
    meaning: 'A picture has other bytes than the manifest says.',
    hint: takeBack,
  },
  'image-pixels-changed': {
    severity: 'refused',
    meaning: 'A picture has other pixels than its name says, or cannot be read.',
    hint: takeBack,
  },
  'facts-wrong': {
    severity: 'refused',
    meaning: 'What the manifest says of a picture is not what is measured: it was edited by hand.',
    hint: takeBack,
  },
  'file-unlisted': {
    severity: 'noted',
    meaning: 'A file lies in the dataset that the manifest does not name.',
    hint: 'remove it, or ingest its source',
  },
  'source-missing': { severity: 'refused', meaning: 'The copy of a source file is not there.', hint: takeBack },
  'source-changed': {
    severity: 'refused',
    meaning: 'The copy of a source file has other bytes than when it was taken in.',
    hint: takeBack,
  },
  'source-gives-other-pixels': {
    severity: 'refused',
    meaning: 'A picture does not follow from its source by the steps that the manifest names.',
    hint: takeBack,
  },
  'transforms-do-not-invert': {
    severity: 'refused',
    meaning: 'A derived picture does not lead back to the picture it was derived from.',
    hint: 'remove it and run dataset augment again',
  },
  'split-leak': {
    severity: 'refused',
    meaning: 'A picture to train on and one that is held out are alike: the held-out one proves nothing.',
    hint: 'arrange the dataset again: npx dgx-pixels dataset ingest <any source of it> --into <dataset>',
  },
  'held-out-too-few': {
    severity: 'noted',
    meaning: 'Fewer pictures are held out than the dataset asks for: it is small, or its groups are large.',
    hint: 'add pictures that are not like others',
  },
  'set-too-small': {
    severity: 'noted',
    meaning: 'A dataset has fewer than fifty pictures: a style adapter learns their subjects instead of their style.',
    hint: 'add pictures: npx dgx-pixels dataset ingest <more> --into <dataset>',
  },
  'picture-does-not-fit': {
    severity: 'refused',
    meaning: 'A picture has more art pixels than the exported size has room for at 8 pixels each.',
    hint: 'export at a larger size: dataset export --size 512',
  },
  'export-file-changed': {
    severity: 'refused',
    meaning: 'A file of an export is not what its index, its lock or the dataset says.',
    hint: 'export the dataset again',
  },
  'export-file-unlisted': {
    severity: 'refused',
    meaning: 'A file lies in an export that its lock does not name; trainers read whatever lies there.',
    hint: 'move it away, or export the dataset again',
  },
  'export-outdated': {
    severity: 'noted',
    meaning: 'The dataset was changed after the export was made of it.',
    hint: 'export the dataset again if the changes are to count',
  },
} as const satisfies Record<string, FaultMeaning>;
