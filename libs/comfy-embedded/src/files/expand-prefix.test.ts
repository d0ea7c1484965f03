import { expect, it } from 'vitest';
import { expandPrefix } from './expand-prefix.ts';

it('fills in size and local time and leaves other variables', () => {
  const variables = { width: 128, height: 64, now: new Date(2026, 0, 2, 3, 4, 5) };
  expect(expandPrefix('%year%-%month%-%day%/%hour%%minute%%second%_%width%x%height%_%batch_num%_%', variables)).toBe(
    '2026-01-02/030405_128x64_%batch_num%_%',
  );
});
