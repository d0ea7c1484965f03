import { describe, expect, it } from 'vitest';
import { lineOf, locateTomlKeys } from './locate-toml-keys.ts';

const text = `name = "a"
[recipe]
steps = 20
# comment
[[scenario]]
width = 1

[[scenario]]
  width = 2 # indented
[scenario.expect]
images = 3
`;

describe('locateTomlKeys', () => {
  it('counts lines from one, and elements of lists of tables', () => {
    const lines = locateTomlKeys(text);
    expect(lines.get('name')).toBe(1);
    expect(lines.get('recipe.steps')).toBe(3);
    expect(lines.get('scenario.0.width')).toBe(6);
    expect(lines.get('scenario.1.width')).toBe(9);
  });

  it('falls back to the nearest ancestor', () => {
    const lines = locateTomlKeys(text);
    expect(lineOf(lines, ['recipe', 'cfg'])).toBe(2);
    expect(lineOf(lines, ['scenario', '1', 'expect', 'width'])).toBe(8);
    expect(lineOf(lines, ['absent'])).toBe(1);
  });
});
