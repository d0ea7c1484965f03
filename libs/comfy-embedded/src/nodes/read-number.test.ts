import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFloat, readInteger } from './read-number.ts';

// Expected values: Python 3.11's int() and float() on the same JSON values.
describe('readInteger', () => {
  it.each([
    [64, 64n],
    [64.9, 64n],
    [-0.5, 0n],
    [18446744073709551615n, 18446744073709551615n],
    ['64', 64n],
    [' +64\n', 64n],
    ['-1_000', -1000n],
    [true, 1n],
  ])('reads %s', (raw, value) => {
    expect(readInteger(raw)).toEqual({ ok: true, value });
  });

  it.each(['', 'abc', '64.0', '1__0', '_1', '0x10', '1e3', null, [1], { a: 1 }, '9'.repeat(500)])(
    'refuses %s',
    (raw) => {
      expect(readInteger(raw).ok).toBe(false);
    },
  );
});

describe('readFloat', () => {
  it.each([
    [5, 5],
    [2n ** 60n, 2 ** 60],
    ['5', 5],
    [' 1_0.5e1 ', 105],
    ['.5', 0.5],
    ['5.', 5],
    [false, 0],
  ])('reads %s', (raw, value) => {
    expect(readFloat(raw)).toEqual({ ok: true, value });
  });

  it.each(['', '.', 'nan', 'NaN', 'inf', '-Infinity', '1e999', '0x1p3', '1_', null, [], {}])('refuses %s', (raw) => {
    expect(readFloat(raw).ok).toBe(false);
  });

  it('reads every finite number back from its text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readFloat(String(value))).toEqual({ ok: true, value: value + 0 });
      }),
    );
  });
});
