import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFileName, parseSubfolder } from './file-name.ts';

describe('isFileName', () => {
  it.each(['a.png', '.hidden', 'no extension', 'ünï 漢.png', 'a..b', 'x'.repeat(200)])('takes %j', (name) => {
    expect(isFileName(name)).toBe(true);
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'c:x', 'a\u0000', 'a\nb', 'a\u202egnp.exe', '\ud800', '漢'.repeat(67)])(
    'refuses %j',
    (name) => {
      expect(isFileName(name)).toBe(false);
    },
  );
});

describe('parseSubfolder', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['a/b', 'a/b'],
    ['a//b/', 'a/b'],
    ['a/../b', 'b'],
    ['..', undefined],
    ['a/../../b', undefined],
    ['/etc', undefined],
    ['a\\b', undefined],
  ])('makes of %j %j', (text, folder) => {
    expect(parseSubfolder(text)).toBe(folder);
  });

  it('never leads out', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'b c', '...', '/');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const folder = parseSubfolder(parts.join('/'));
        if (folder !== undefined) expect(posix.join('/root', folder)).toMatch(/^\/root(\/(?!\.\.(\/|$))|$)/);
      }),
    );
  });
});
