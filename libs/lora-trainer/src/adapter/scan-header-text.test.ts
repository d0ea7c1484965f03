import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanHeaderText } from './scan-header-text.ts';

const nothing = { repeatedKeys: [], oddNumbers: [], isTooDeep: false };

describe('scanHeaderText', () => {
  it('finds keys that stand twice in one object, however they are written', () => {
    expect(scanHeaderText('{"a": 1, "b": {"a": 2}, "a" : 3}').repeatedKeys).toEqual(['a']);
    expect(scanHeaderText('{"a": {"x": 1, "\\u0078": 2}}').repeatedKeys).toEqual(['x']);
    expect(scanHeaderText('{"a": ["b", "b"], "c": "a", "d": {"c": 1}}')).toEqual(nothing);
  });

  it('finds numbers that stricter readers refuse, and leaves text alone', () => {
    expect(scanHeaderText('{"a": [0, 12, 1.0, -1, 1e3, 007]}').oddNumbers).toEqual(['1.0', '-1', '1e3', '007']);
    expect(scanHeaderText('{"a\\"-1": "-1 \\\\", "b": "1.5"}')).toEqual(nothing);
  });

  it('stops at three levels', () => {
    expect(scanHeaderText('{"a": {"b": [1]}}').isTooDeep).toBe(false);
    expect(scanHeaderText(`{"a": ${'['.repeat(1_000_000)}`).isTooDeep).toBe(true);
  });

  it('takes any text, and finds nothing in what a serialiser wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]":,\\ 0-e.a')) }),
        (text) => void scanHeaderText(text),
      ),
    );
    const header = fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.nat())));
    fc.assert(
      fc.property(header, (value) => {
        expect(scanHeaderText(JSON.stringify(value))).toEqual(nothing);
      }),
    );
  });
});
