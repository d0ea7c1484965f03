import type { FaultMeaning } from './fault-meaning.ts';

const copyAgain = 'copy it again from its source';
const asPng = 'save it as an 8-bit RGB or RGBA PNG at its native size';
const rename = 'rename it; the name is kept in the dataset and in exports';
const repack = 'pack the archive again with ordinary files in it';

/** Files that cannot be taken in, and what is odd about those that can. */
export const fileFaults = {
  'file-empty': { severity: 'refused', meaning: 'A file has no bytes.', hint: copyAgain },
  'file-truncated': { severity: 'refused', meaning: 'A picture ends before its last pixel.', hint: copyAgain },
  'file-damaged': {
    severity: 'refused',
    meaning: 'The inside of a picture contradicts itself: a checksum, a length or the packed pixels.',
    hint: copyAgain,
  },
  'file-renamed': {
    severity: 'refused',
    meaning: "A file has a picture's name and something else inside.",
    hint: 'find the picture that it stands for; be careful with the file',
  },
  'file-is-pickle': {
    severity: 'refused',
    meaning: 'A file is a Python pickle: a program that runs when it is opened. It was not opened.',
    hint: 'delete it unless you know who made it',
  },
  'file-is-svg': {
    severity: 'refused',
    meaning: 'A file is an SVG drawing; it has no pixels of its own.',
    hint: 'take the PNG of the same picture, or draw it at its native size without smoothing',
  },
  'file-unsupported': {
    severity: 'refused',
    meaning: 'A picture has a format that is not read here.',
    hint: asPng,
  },
  'file-not-a-picture': {
    severity: 'noted',
    meaning: 'A file is no picture; it was left out.',
    hint: 'nothing to do, or move it out of the source folder',
  },
  'file-ending-wrong': {
    severity: 'noted',
    meaning: "A picture's name ends like another format; it was read by what is inside.",
    hint: 'rename it to the ending that the message names',
  },
  'file-too-large': { severity: 'refused', meaning: 'A file has more than 64 MiB.', hint: asPng },
  'file-unreadable': {
    severity: 'refused',
    meaning: 'A file or folder could not be read.',
    hint: 'allow reading it (chmod u+r), or move it out of the source folder',
  },
  'file-irregular': {
    severity: 'refused',
    meaning: 'A pipe, socket or device lies among the pictures. It was not opened.',
    hint: 'move it out of the source folder',
  },
  'file-changed': {
    severity: 'refused',
    meaning: 'A file that was taken in before has other pixels now; the dataset keeps those of before.',
    hint: 'ingest the changed file under another name, or into a new dataset',
  },
  'link-not-followed': {
    severity: 'refused',
    meaning: 'A link leaves the source folder, leads to a folder or leads nowhere.',
    hint: 'put the file itself there, or name its folder as a source of its own',
  },
  'picture-too-large': {
    severity: 'refused',
    meaning: 'A picture has more than 4096 × 4096 pixels, or a side of more than 16,384; it was not decoded.',
    hint: asPng,
  },
  'picture-sixteen-bit': {
    severity: 'refused',
    meaning: 'A picture has more than 8 bits a channel; rounding them would change colours.',
    hint: asPng,
  },
  'picture-cmyk': { severity: 'refused', meaning: 'A picture is in CMYK, the colours of print.', hint: asPng },
  'picture-animated': {
    severity: 'refused',
    meaning: 'A picture has several frames.',
    hint: 'save its frames as a sheet or as single files',
  },
  'name-control-characters': {
    severity: 'refused',
    meaning: 'A name holds control characters or line breaks.',
    hint: rename,
  },
  'name-changes-direction': {
    severity: 'refused',
    meaning: 'A name holds characters that turn the direction of writing: it reads differently from what it is.',
    hint: rename,
  },
  'name-too-long': { severity: 'refused', meaning: 'A name has more than 200 characters.', hint: rename },
  'name-reserved': {
    severity: 'refused',
    meaning: 'A name stands for a device on some systems, or ends in a dot or space.',
    hint: rename,
  },
  'name-not-utf8': { severity: 'refused', meaning: 'A name is not UTF-8.', hint: rename },
  'names-differ-by-case': {
    severity: 'refused',
    meaning: 'Two names differ by upper and lower case only; the first one is kept.',
    hint: rename,
  },
  'entry-encrypted': { severity: 'refused', meaning: 'A file in an archive is encrypted.', hint: repack },
  'entry-leaves-folder': {
    severity: 'refused',
    meaning: 'A path in an archive is absolute or climbs out with `..`.',
    hint: repack,
  },
  'entry-is-link': { severity: 'refused', meaning: 'An archive holds a link instead of a file.', hint: repack },
  'entry-swells': {
    severity: 'refused',
    meaning: 'A file in an archive would unpack to far more than pictures do, or to another size than it says.',
    hint: 'do not unpack it; get the archive again from its source',
  },
  'archive-damaged': {
    severity: 'refused',
    meaning: 'An archive cannot be read, or holds more than is taken from one.',
    hint: 'get it again from its source; split an archive of more than 50,000 files or 2 GiB',
  },
  'scale-does-not-divide': {
    severity: 'refused',
    meaning: 'The declared scale does not divide the sides of a picture.',
    hint: 'leave --scale out to have it found, or crop the picture to whole cells',
  },
  'sheet-does-not-divide': {
    severity: 'refused',
    meaning: 'The declared cells do not fit into a sheet.',
    hint: 'correct --cell, --margin or --spacing, or let gutters be found',
  },
  'sheet-without-cells': {
    severity: 'refused',
    meaning: 'No cell with a picture was found in a sheet.',
    hint: 'declare the grid with --cell <width>x<height>',
  },
  'atlas-invalid': {
    severity: 'refused',
    meaning:
      'The atlas of a sheet is missing, is no Aseprite or TexturePacker JSON, or names places outside the sheet.',
    hint: 'export it again beside the sheet, under the same name with .json',
  },
} as const satisfies Record<string, FaultMeaning>;
