import type { ExpectedOutput } from '@dgx-pixels/comfy-client';
import type { Raster } from '@dgx-pixels/pixel-art';
import { describe, expect, it } from 'vitest';
import type { ServerCheck } from '../server-check.ts';
import { checkForm, checkLooks, checkReceived } from './check-pictures.ts';

const expected: ExpectedOutput = {
  images: 2,
  width: 32,
  height: 32,
  cell: 8,
  transparent: true,
  colours: 3,
  distinct: true,
};

/** A picture of 4 × 4 cells: a text of letters (colours), `.` transparent and `?` half-transparent. */
function picture(cells: string): Raster {
  const bytes = Array.from(cells.replaceAll(' ', '')).flatMap((cell) => {
    if (cell === '.') return [0, 0, 0, 0];
    return [cell.charCodeAt(0), 0, 0, cell === '?' ? 100 : 255];
  });
  return { width: 4, height: bytes.length / 16, rgba: Uint8Array.from(bytes) };
}

const sound = [picture('.... .ab. .ba. ....'), picture('.... .aa. .bc. ....')];
const failed = (checks: readonly ServerCheck[]) =>
  checks.flatMap(({ id, passed, detail }) => (passed ? [] : [`${id}: ${detail}`]));

describe('sound pictures', () => {
  it('pass every check', () => {
    expect(failed([...checkForm(sound, expected), ...checkLooks(sound, expected)])).toEqual([]);
    expect(checkReceived([expected, expected], expected)).toMatchObject({ passed: true });
  });
});

describe('a fault is named', () => {
  it.each([
    ['too few pictures', [expected], '1 files instead of 2'],
    ['another size', [expected, { width: 32, height: 24 }], 'picture 2 has 32 × 24 pixels instead of 32 × 32'],
  ])('%s', (_name, received, detail) => {
    expect(checkReceived(received, expected)).toEqual({ id: 'bringsPictures', passed: false, detail });
  });

  it.each([
    ['not at native size', [picture('.... .ab.')], 'isNativeSize: picture 1 has 4 × 2 pixels'],
    [
      'more colours in all pictures together than declared',
      [picture('.... .ab. .ba. ....'), picture('.... .ac. .bd. ....')],
      'keepsPalette: 4 colours, declared are 3',
    ],
  ])('%s', (_name, pictures, fault) => {
    expect(failed(checkForm(pictures, expected))).toEqual([fault]);
  });

  it.each([
    ['a single colour', picture('.... .aa. .aa. ....'), 'isNotBlank: picture 2 has a single colour'],
    [
      'no background cut away',
      picture('abab abab abab abab'),
      'hasDeclaredBackground: picture 2 has 0 of 16 pixels transparent',
    ],
    [
      'half-transparent pixels',
      picture('.... .a?. .bc. ....'),
      'hasDeclaredBackground: picture 2 has 1 translucent pixels',
    ],
    ['a picture that came twice', sound[0]!, 'picturesDiffer: 2 pictures, 1 different ones'],
  ])('%s', (_name, second, fault) => {
    expect(failed(checkLooks([sound[0]!, second], expected))).toEqual([fault]);
  });

  it('nothing left of the subject', () => {
    const empty = [picture('.... .... .... ....')];
    expect(failed(checkLooks(empty, expected))).toEqual([
      'isNotBlank: picture 1 has a single colour',
      'hasDeclaredBackground: picture 1 has 0 of 16 pixels opaque',
    ]);
  });

  it('holes in pictures that are to be opaque', () => {
    const opaque = { ...expected, transparent: false, distinct: false };
    expect(failed(checkLooks([picture('abab ab.b abab abab')], opaque))).toEqual([
      'hasDeclaredBackground: picture 1 has 1 transparent pixels',
    ]);
  });
});
