import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivePicture } from '../derive-picture.ts';
import { parseTransform } from '../parse-transform.ts';
import { horizontalFlipWords, turnWords, verticalFlipWords } from './direction-words.ts';
import { replaceWords } from './replace-words.ts';

describe('the caption of a derived picture', () => {
  it.each([
    ['flip-horizontal', 'A knight facing Left, sword on the RIGHT', 'A knight facing Right, sword on the LEFT'],
    ['flip-horizontal', 'a left-handed cleft, turning clockwise', 'a right-handed cleft, turning counterclockwise'],
    ['flip-vertical', 'an arrow up, TOP heavy', 'an arrow down, BOTTOM heavy'],
    ['flip-vertical', 'a power-up, top-down view', 'a power-up, top-down view'],
    ['rotate=90', 'an arrow pointing Up, clockwise', 'an arrow pointing Right, clockwise'],
    ['rotate=90', 'a gem in the top left', 'a gem in the top right'],
    ['rotate=180', 'an arrow pointing left, gem on top', 'an arrow pointing right, gem on bottom'],
    ['rotate=270', 'an arrow pointing up', 'an arrow pointing left'],
    ['swap-palette=#cd282d:#375acd', 'a Red bird, bored', 'a Blue bird, bored'],
    ['wrap-shift=1,1', 'left is left', 'left is left'],
    ['clear-background=#cd282d', 'a hole on a red background', 'a hole on a transparent background'],
  ])('%s: %s', (text, caption, expected) => {
    const dot = { width: 1, height: 1, rgba: Uint8Array.of(0xcd, 0x28, 0x2d, 255) };
    expect(derivePicture(dot, caption, [parseTransform(text)])).toMatchObject({ caption: expected });
  });

  it('names the colour of a filled background', () => {
    const empty = { width: 1, height: 1, rgba: Uint8Array.of(0, 0, 0, 0) };
    const filled = derivePicture(empty, 'glasses on a transparent background', [
      parseTransform('fill-background=#eb8228'),
    ]);
    expect(filled).toMatchObject({ caption: 'glasses on an orange background' });
  });
});

describe('replaceWords', () => {
  const words = fc.constantFrom('left', 'Right', 'TOP', 'below', 'upright', 'top-down', 'north', 'a', '🙂', 'Ü');
  const caption = fc.array(words, { maxLength: 8 }).map((all) => all.join(' '));

  it.each([
    ['horizontal flips', horizontalFlipWords, 2],
    ['vertical flips', verticalFlipWords, 2],
    ['half turns', turnWords[2], 2],
  ])('gives the caption back after two %s', (_what, replacements) => {
    fc.assert(
      fc.property(caption, (text) => {
        expect(replaceWords(replaceWords(text, replacements), replacements)).toBe(text);
      }),
    );
  });

  it('turns directions round in four quarter turns', () => {
    for (const text of ['up', 'facing Left', 'south and west', 'top right']) {
      const turned = [1, 2, 3, 4].reduce((caption) => replaceWords(caption, turnWords[1]), text);
      expect(turned).toBe(text);
      expect(replaceWords(replaceWords(text, turnWords[1]), turnWords[3])).toBe(text);
    }
  });
});
