import { colourWord } from '../../caption/colour-words.ts';

/** What captions call a transparent background, and what they call one of this colour instead. */
export function backgroundWords(colour: string): readonly (readonly [transparent: string, coloured: string])[] {
  const word = colourWord(colour);
  const article = /^[aeiou]/.test(word) ? 'an' : 'a';
  return [
    ['a transparent background', `${article} ${word} background`],
    ['transparent background', `${word} background`],
  ];
}
