import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundRows } from '../test/sound-records.ts';
import { formatSampleRows, parseSampleRows } from './sample-rows.ts';

describe('parseSampleRows', () => {
  it('reads what formatSampleRows wrote', () => {
    expect(parseSampleRows(formatSampleRows(soundRows))).toEqual({ rows: soundRows, problems: [] });
  });

  it('names every bad line', () => {
    const [first, second] = formatSampleRows(soundRows).split('\n');
    const { rows, problems } = parseSampleRows(`${first}\n{"index":-1}\nnot json\n${second}\n${first}`);
    expect(rows).toHaveLength(2);
    expect(problems.some((problem) => problem.startsWith('line 2: index'))).toBe(true);
    expect(problems.some((problem) => problem.startsWith('line 3: not JSON'))).toBe(true);
    expect(problems[0]).toBe('last line is incomplete');
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseSampleRows(text)));
  });
});
