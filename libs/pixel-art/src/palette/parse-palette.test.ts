import { describe, expect, it } from 'vitest';
import { parsePalette } from './parse-palette.ts';

describe('parsePalette', () => {
  it('reads colours in order, each once', () => {
    expect(parsePalette(' #FF0000,00ff00;\n#0000ff #ff0000 ')).toEqual([0xff0000, 0x00ff00, 0x0000ff]);
  });

  it.each([
    ['', 'not 0'],
    ['#fff', '"#fff" is no colour'],
    ['red', '"red" is no colour'],
    [Array.from({ length: 257 }, (_none, at) => at.toString(16).padStart(6, '0')).join(), 'not 257'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePalette(text)).toThrow(message);
  });
});
