import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from './format-json.ts';
import type { JsonValue } from './json-value.ts';
import { parseJson } from './parse-json.ts';

const { value: jsonValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
}));

describe('formatJson', () => {
  it('is undone by parseJson, integers beyond double precision included', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = formatJson(value);
        expect(formatJson(parseJson(text))).toBe(text);
      }),
    );
  });

  it('stays within ASCII on request', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = formatJson(value, { asciiOnly: true });
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(formatJson(parseJson(text))).toBe(formatJson(value));
      }),
    );
  });

  it('orders members on request', () => {
    expect(formatJson({ b: [{ d: 1, c: 2n ** 64n }], a: 'x' }, { sorted: true })).toBe(
      '{"a":"x","b":[{"c":18446744073709551616,"d":1}]}',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => formatJson([value])).toThrow(RangeError);
  });
});
