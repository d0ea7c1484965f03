import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTransform } from './parse-transform.ts';
import { refusedOperations } from './refused-operations.ts';

describe('parseTransform', () => {
  it.each([
    ['flip-horizontal', { operation: 'flip-horizontal' }],
    ['rotate=270', { operation: 'rotate', quarterTurns: 3 }],
    ['shift=1,-2', { operation: 'shift', x: 1, y: -2 }],
    ['pad=2', { operation: 'pad', left: 2, top: 2, right: 2, bottom: 2 }],
    ['crop=1,2,3,4', { operation: 'crop', left: 1, top: 2, right: 3, bottom: 4 }],
    ['fill-background=#ABCDEF', { operation: 'fill-background', colour: '#abcdef' }],
    ['swap-palette=#ff0000:#00FF00', { operation: 'swap-palette', colours: [['#ff0000', '#00ff00']] }],
  ])('reads %j', (text, transform) => {
    expect(parseTransform(text)).toEqual(transform);
  });

  it.each([
    ['rotate=15', /rotate=15.*fractions/],
    ['rotate-15', /rotate-15 is typed rotate=90\|180\|270.*fractions/],
    ['rotate=90,5', /typed/],
    ['scale-1.5', /scale-1\.5 needs new pixels/],
    ['jpeg_90', /jpeg_90 rounds blocks/],
    ['Color_Jitter=0.1', /rounds colours/],
    ['flip', /did you mean flip-horizontal\?/],
    ['flip-horizontl', /did you mean flip-horizontal\?/],
    ['unheard-of', /no operation that keeps every pixel \([^)]+\)$/],
    ['toString', /no operation/],
    ['flip-horizontal=1', /typed/],
    ['shift=', /typed shift=X,Y/],
    ['shift=1', /typed/],
    ['shift=1,2,3', /typed/],
    ['shift=1.5,0', /typed/],
    ['pad=', /typed/],
    ['pad=-1', /typed/],
    ['swap-palette=red:blue', /typed/],
    ['swap-palette=#ff0000:#00ff00,#0000ff:#00ff00', /two colours cannot become one/],
    ['swap-palette=#ff0000:#00ff00,#ff0000:#0000ff', /one colour only/],
  ])('refuses %j and says why', (text, message) => {
    expect(() => parseTransform(text)).toThrow(message);
    expect(() => parseTransform(text)).toThrow(expect.objectContaining({ code: 'DATASET_REQUEST_INVALID' }));
  });

  it('refuses every lossy operation by its name and with its reason, with and without a number', () => {
    for (const name of refusedOperations) {
      for (const text of [name, `${name}=2`, `${name}-0.5`]) {
        expect(() => parseTransform(text)).toThrow(new RegExp(`^${text.split('=')[0] ?? ''} (?!is no operation)`));
      }
    }
  });

  it('never does anything but read or refuse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseTransform(text)).toThrow(expect.objectContaining({ code: 'DATASET_REQUEST_INVALID' }));
      }),
    );
  });
});
