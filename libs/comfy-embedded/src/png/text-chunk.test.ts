import { expect, it } from 'vitest';
import { isTextKeyword } from './text-chunk.ts';

it.each([
  ['workflow', true],
  ['run id', true],
  ['é', true],
  ['', false],
  [' x', false],
  ['x ', false],
  ['a  b', false],
  ['a\0b', false],
  ['日本', false],
  ['x'.repeat(79), true],
  ['x'.repeat(80), false],
])('knows whether %j may be a keyword', (name, answer) => {
  expect(isTextKeyword(name)).toBe(answer);
});
