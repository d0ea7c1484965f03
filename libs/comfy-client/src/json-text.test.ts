import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseExactJson, parseLenientJson } from './parse-lenient-json.ts';
import { plainText } from './plain-text.ts';
import { serializeJson } from './serialize-json.ts';

describe('parseLenientJson', () => {
  it('reads what Python writes, leaving strings alone', () => {
    expect(parseLenientJson('{"NaN": [NaN, -Infinity, Infinity, "NaN \\" NaN \\\\"]}')).toEqual({
      NaN: [null, null, null, 'NaN " NaN \\'],
    });
  });

  it('agrees with JSON.parse on every JSON text with NaN planted among its members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('NaN', 'Infinity', '-Infinity'), (value, literal) => {
        expect(parseLenientJson(`[${literal}, ${JSON.stringify(value)},${literal}]`)).toEqual([
          null,
          JSON.parse(JSON.stringify(value)),
          null,
        ]);
      }),
    );
  });

  it('throws SyntaxError for all else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseLenientJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
    expect(() => parseLenientJson('{"a": NaN')).toThrow(SyntaxError);
    expect(() => parseLenientJson('"\\')).toThrow(SyntaxError);
  });
});

describe('parseExactJson', () => {
  it('reads back every integer that serializeJson writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.jsonValue(), (seed, value) => {
        const isSafe = Number.isSafeInteger(Number(seed));
        const wanted = [
          isSafe ? Number(seed) : seed,
          JSON.parse(JSON.stringify(value)),
          { seed: isSafe ? Number(seed) : seed },
        ];
        const text = `[${seed},${JSON.stringify(value)},{"seed": ${seed}}]`;
        // Doubles without a fraction are written as long integers too, and come back exactly as such.
        expect(serializeJson(parseExactJson(text))).toBe(serializeJson(parseExactJson(serializeJson(wanted))));
        expect(serializeJson(parseExactJson(`[${seed},NaN]`))).toBe(`[${seed},null]`);
      }),
    );
  });

  it.each([
    '0.1234567890123456789',
    '1e-1234567890123456',
    '-1.5E+1234567890123456',
    '12345678901234567.5',
    '1234567890123456789e2',
  ])('leaves %s to JSON.parse', (text) => {
    expect(parseExactJson(`[${text}]`)).toEqual(JSON.parse(`[${text}]`));
  });

  it('leaves digits in strings and keys alone', () => {
    const text = '{"18446744073709551615": "18446744073709551615 NaN", "a": 18446744073709551615}';
    expect(parseExactJson(text)).toEqual({ '18446744073709551615': '18446744073709551615 NaN', a: 2n ** 64n - 1n });
  });

  it('throws SyntaxError for all else', () => {
    for (const text of ['01234567890123456789', '[12345678901234567890', '12345678901234567890x', 'NaNa']) {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    }
  });
});

describe('serializeJson', () => {
  it('equals JSON.stringify for JSON values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(serializeJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('writes big integers as integers', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(serializeJson({ seed: value })).toBe(`{"seed":${value}}`);
      }),
    );
  });

  it('names everything that would be lost, by pointer', () => {
    expect(() => serializeJson({ a: [Number.NaN], b: () => 1, c: undefined })).toThrow(
      'JSON cannot carry NaN at /a/0; function at /b',
    );
  });

  it('does not follow cycles for ever', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => serializeJson(cycle)).toThrow('more than 64 levels (a cycle?)');
  });
});

describe('plainText', () => {
  it('is one printable, well-formed line within its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (text, limit) => {
        const plain = plainText(text, limit);
        expect(plain.length).toBeLessThanOrEqual(limit + 1);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u202e]/u);
      }),
    );
    expect(plainText('\u001b[31mred\u0007\nline')).toBe('[31mred line');
  });
});
