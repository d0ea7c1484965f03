import type { Captioner, CaptionInput } from './captioner.ts';
import { colourWord } from './colour-words.ts';

/** Options of {@link createWordCaptioner}. */
export interface WordCaptionerOptions {
  /** Name up to two colours. False for a set in one palette: its colours belong to the style, which the trigger stands for. @default true */
  readonly nameColours?: boolean;
  /** Say what lies behind the subject. @default false */
  readonly nameBackground?: boolean;
  /** Words for pictures whose names say nothing, by the last part of the name. @default none */
  readonly subjects?: Readonly<Record<string, string>>;
}

/** Words of names that say nothing about what is to be seen. */
const emptyWords = new Set([
  'png',
  'px',
  'icon',
  'icons',
  'sprite',
  'sprites',
  'image',
  'img',
  'final',
  'copy',
  'new',
  'old',
  'solid',
  'regular',
]);

/**
 * A captioner that always works and always says the same: the trigger word, then what the file is called, with the colours
 * that were measured. It describes the content and leaves the style to the trigger, as a style adapter wants it.
 *
 * `pixelicon, a red and white mushroom`
 */
export function createWordCaptioner(options: WordCaptionerOptions = {}): Captioner {
  const { nameColours = true, nameBackground = false, subjects = {} } = options;
  return {
    id: 'words 1',
    parameters: { nameColours, nameBackground, subjects: JSON.stringify(Object.entries(subjects).sort()) },
    caption: (input) => Promise.resolve(write(input, { nameColours, nameBackground, subjects })),
  };
}

function write(
  { image, trigger }: CaptionInput,
  { nameColours, nameBackground, subjects }: Required<WordCaptionerOptions>,
): string {
  const subject = subjectOf(image, subjects);
  const colours = nameColours ? coloursOf(image.facts.palette) : [];
  const described = [...colours.flatMap((word, index) => (index === 0 ? [word] : ['and', word])), subject].join(' ');
  const behind = nameBackground && image.facts.alpha !== 'none' ? ' on a transparent background' : '';
  return [
    ...(trigger === null ? ['pixel art'] : [trigger]),
    `${articleFor(described, subject)}${described}${behind}`,
  ].join(', ');
}

/** The words of the file's own name, else of the folders around it, innermost first. */
function subjectOf(
  { name, labels }: CaptionInput['image'],
  subjects: Required<WordCaptionerOptions>['subjects'],
): string {
  const last = name.split('/').at(-1) ?? '';
  if (Object.hasOwn(subjects, last)) return subjects[last] ?? '';
  const own = wordsOf(last);
  const words = own.length > 0 ? own : labels.toReversed().flatMap(wordsOf).slice(0, 2);
  return words.length === 0 ? 'sprite' : words.join(' ');
}

function wordsOf(text: string): string[] {
  const words = text.match(/\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+|\p{N}+/gu) ?? [];
  const cell = /^(r|c)$/i;
  return words
    .map((word) => word.toLowerCase())
    .filter((word) => !/^\p{N}+$/u.test(word) && !cell.test(word) && !emptyWords.has(word));
}

/** At most two different colour words, commonest first; dark outlines are no colour of the subject. */
function coloursOf(palette: readonly string[]): readonly string[] {
  const words = [...new Set(palette.slice(0, 6).map(colourWord))];
  const bright = words.filter((word) => word !== 'black');
  return (bright.length > 0 ? bright : words).slice(0, 2);
}

function articleFor(described: string, subject: string): string {
  if (/[^s]s$/.test(subject)) return '';
  return /^[aeiou]/.test(described) ? 'an ' : 'a ';
}
