import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSourcePath } from '../../manifest/source.ts';
import { judgeName } from './judge-name.ts';
import { labelWords } from './label-words.ts';
import { pictureName, uniqueName } from './picture-name.ts';
import { printable } from './printable.ts';

describe('labelWords', () => {
  it.each([
    ['BoneDragon_walk_03.png', ['bone', 'dragon', 'walk', 'frame 3']],
    ['items/weapons/iron-sword.png', ['items', 'weapons', 'iron', 'sword']],
    ['HTTPServer2.png', ['http', 'server', 'frame 2']],
    ['tiles16x16/grass.png', ['tiles', '16', 'x', 'grass']],
    ['007.png', ['007']],
    ['épée d’or.png', ['épée', 'd', 'or']],
    ['剣 01.png', ['剣', 'frame 1']],
    ['a/a/a.png', ['a']],
  ])('finds the words of %s', (path, words) => {
    expect(labelWords(path)).toEqual(words);
  });

  it('keeps to what a manifest takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (path) => {
        const labels = labelWords(path);
        expect(labels.length).toBeLessThanOrEqual(32);
        expect(labels.every((label) => label.length >= 1 && label.length <= 80)).toBe(true);
      }),
    );
  });
});

describe('pictureName', () => {
  const id = 'a'.repeat(64);

  it.each([
    ['monsters/Bone Dragon (1).png', null, 'monsters/Bone-Dragon-1'],
    ['épée.png', null, 'epee'],
    ['剣.png', null, 'picture-aaaaaaaa'],
    ['sheet.png', 'r2c3', 'sheet-r2c3'],
    ['v1.5/old.sprite.png', null, 'v1.5/old.sprite'],
  ])('makes %s with cell %s to %s', (path, cell, name) => {
    expect(pictureName(path, cell, id)).toBe(name);
  });

  it('is always plain, and unique when asked to be', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }), (path) => {
        const name = pictureName(path, null, id);
        expect(name).toMatch(/^[A-Za-z0-9][\w./-]{0,189}$/);
        expect(uniqueName(name, new Set([name.toLowerCase()]))).toBe(`${name}-2`);
      }),
    );
  });
});

describe('judgeName', () => {
  it('lets spaces, accents and other scripts be', () => {
    for (const path of ['Green Slime (2).png', 'épée.png', '剣.png', 'шлем/🗡.png']) expect(judgeName(path)).toBeNull();
  });

  it('passes no path that a manifest would refuse, and shows every name on one line', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), (part) => {
        fc.pre(!part.includes('/') && part !== '.' && part !== '..');
        const judged = judgeName(`a/${part}`);
        if (judged === null) expect(isSourcePath(`a/${part}`)).toBe(true);
        expect(printable(part)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
