import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatInterval, formatQuantity } from './format-quantity.ts';

describe('formatQuantity', () => {
  it('keeps about three digits', () => {
    expect([1.8234, 0.08712, -0.25, 16, 0, 12345.6].map(formatQuantity)).toEqual([
      '1.82',
      '0.0871',
      '−0.250',
      '16',
      '0',
      '12346',
    ]);
    expect([1.5e-7, 2e9].map(formatQuantity)).toEqual(['1.50e−7', '2.00e9']);
  });

  it('has a dash for what is not there', () => {
    expect([null, NaN, Infinity].map(formatQuantity)).toEqual(['–', '–', '–']);
  });
});

describe('formatInterval', () => {
  it('has the same decimals for all three numbers', () => {
    expect(formatInterval({ mean: -0.03, low: -0.08, high: 0.02 })).toEqual({
      mean: '−0.0300',
      range: '[−0.0800, 0.0200]',
    });
    expect(formatInterval({ mean: 0, low: 0, high: 0 })).toEqual({ mean: '0', range: '[0, 0]' });
    expect(formatInterval({ mean: NaN, low: -1, high: 1 })).toEqual({ mean: '–', range: '[−1, 1]' });
  });
});

describe('formatDuration and formatCount', () => {
  it('use the largest two units', () => {
    expect([4.24, 59.4, 59.6, 552, 13_800, -1].map(formatDuration)).toEqual([
      '4.2 s',
      '59 s',
      '1 min 0 s',
      '9 min 12 s',
      '3 h 50 min',
      '–',
    ]);
  });

  it('put commas between thousands', () => {
    expect([3000, 12, NaN].map(formatCount)).toEqual(['3,000', '12', '–']);
  });
});
