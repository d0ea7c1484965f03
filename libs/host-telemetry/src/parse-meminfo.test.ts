import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMeminfo } from './parse-meminfo.ts';

describe('parseMeminfo', () => {
  it('reads rows in kibibytes', () => {
    const text =
      'MemTotal:       125512344 kB\nMemFree:         1234 kB\nMemAvailable:   92000000 kB\nSwapFree:              0 kB\n';
    expect(parseMeminfo(text)).toEqual({
      totalBytes: 125_512_344 * 1024,
      availableBytes: 92_000_000 * 1024,
      swapFreeBytes: 0,
    });
  });

  it.each(['', 'MemTotal: many kB', 'MemTotal: 12 MB', 'xMemTotal: 12 kB', 'MemTotal: -12 kB'])(
    'has no total in %j',
    (text) => {
      expect(parseMeminfo(text).totalBytes).toBeNull();
    },
  );

  it('finds a row wherever it stands', () => {
    const row = fc.tuple(fc.constantFrom('Buffers', 'Cached', 'Shmem'), fc.nat());
    fc.assert(
      fc.property(fc.array(row), fc.array(row), fc.nat(), (before, after, total) => {
        const rows = [...before, ['MemTotal', total] as const, ...after];
        const text = rows.map(([name, value]) => `${name}:    ${value} kB\n`).join('');
        expect(parseMeminfo(text).totalBytes).toBe(total * 1024);
      }),
    );
  });
});
