import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmbeddedServerError } from '../errors.ts';
import { formatJson } from './format-json.ts';
import { parseJson } from './parse-json.ts';

function refusal(text: string, maxDepth = 64, maxValues = 400_000): string {
  try {
    parseJson(text, { maxDepth, maxValues });
  } catch (error) {
    if (error instanceof EmbeddedServerError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.parse(formatJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts exactly the texts that JSON.parse accepts, overflowing numbers aside', () => {
    const letters = fc.constantFrom(...Array.from('{}[]",:0123456789.eE+-truefalsn \\u\n\u0001é'));
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let accepted = true;
        try {
          JSON.parse(text, (_name, value: unknown) => {
            // Numbers that overflow would come back as no JSON at all.
            if (value === Infinity || value === -Infinity) throw new RangeError('not finite');
            return value;
          });
        } catch {
          accepted = false;
        }
        expect(refusal(text) === 'accepted').toBe(accepted);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the digits of integers beyond double precision', () => {
    expect(parseJson('[18446744073709551615, -9007199254740993, 9007199254740991]')).toEqual([
      18446744073709551615n,
      -9007199254740993n,
      9007199254740991,
    ]);
  });

  it('keeps __proto__ as a plain member', () => {
    const value = parseJson('{"__proto__": {"polluted": true}}');
    expect(formatJson(value)).toBe('{"__proto__":{"polluted":true}}');
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['NaN', 'offset 0'],
    ['{"a": Infinity}', 'offset 6'],
    ['1e999', 'double precision'],
    ['', 'the end of the text'],
    ['{} x', 'offset 3'],
    ['"\\ud8"', 'valid escapes'],
  ])('refuses %s', (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it('refuses deep nesting without following it', () => {
    expect(refusal('['.repeat(200_000))).toContain('at most 64 levels');
    expect(refusal('[[[]]]', 3)).toBe('accepted');
    expect(refusal('[[[]]]', 2)).toBe('accepted');
    expect(refusal('[[[1]]]', 2)).toContain('at most 2 levels');
  });

  it('refuses more values than allowed, and integers without end', () => {
    expect(refusal('[1,2,[3]]', 9, 5)).toBe('accepted');
    expect(refusal('[1,2,[3]]', 9, 4)).toContain('at most 4 values');
    expect(refusal('9'.repeat(401))).toContain('up to 400 digits');
  });

  it('reads a long string with escapes', () => {
    const text = '"' + 'a\\n'.repeat(300_000) + '"';
    expect(parseJson(text)).toBe('a\n'.repeat(300_000));
  });
});
