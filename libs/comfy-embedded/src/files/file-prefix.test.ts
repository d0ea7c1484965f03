import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmbeddedServerError } from '../errors.ts';
import { type FilePrefix, parseFilePrefix } from './file-prefix.ts';

function attempt(prefix: string): FilePrefix | string {
  try {
    return parseFilePrefix(prefix);
  } catch (error) {
    if (error instanceof EmbeddedServerError) return error.code;
    throw error;
  }
}

describe('parseFilePrefix', () => {
  it.each([
    ['ComfyUI', '', 'ComfyUI'],
    ['sprites/bird', 'sprites', 'bird'],
    ['a/../b/c', 'b', 'c'],
    ['./x', '', 'x'],
    ['trailing/', '', 'trailing'],
    ['日本/鳥', '日本', '鳥'],
    ['..hidden', '', '..hidden'],
  ])('splits %s', (prefix, subfolder, name) => {
    expect(attempt(prefix)).toEqual({ subfolder, name });
  });

  it.each([
    '',
    '.',
    '/',
    './',
    '..',
    '../x',
    'a/../../x',
    '/etc/x',
    'a\\..\\x',
    'C:x',
    'a\0b',
    'a\nb',
    'a\u009bb',
    'a\u202egnp.b',
    'a\u200fb',
    'sub\u2066/b',
    'x'.repeat(201),
    'a/'.repeat(501),
  ])('refuses %j', (prefix) => {
    expect(attempt(prefix)).toBe('EMBEDDED_PATH_REFUSED');
  });

  it('never points outside, whatever the prefix', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', '/', '~', 'a'), fc.string({ unit: 'binary', maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const parsed = attempt(parts.join('/'));
        if (typeof parsed === 'string') return;
        const path = posix.join('/output', parsed.subfolder, `${parsed.name}_00001_.png`);
        expect(path.startsWith('/output/')).toBe(true);
        expect(parsed.name).not.toContain('/');
      }),
      { numRuns: 300 },
    );
  });
});
