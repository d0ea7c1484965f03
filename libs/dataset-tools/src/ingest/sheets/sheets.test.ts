import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSprite } from '../../../test/draw-sprite.ts';
import { joinSheet, type Raster } from '@dgx-pixels/pixel-art';
import { cutCell, findCells } from './cut-sheet.ts';
import type { PlacedCell, SheetLayout } from './sheet-layout.ts';

function blank(width: number, height: number, colour = [0, 0, 0, 0]): Raster {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set(colour, at);
  return { width, height, rgba };
}

/** Puts a picture on a sheet; what is transparent in it leaves the sheet as it is. */
function paste(sheet: Raster, picture: Raster, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const pixel = picture.rgba.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 4);
      if (pixel[3] !== 0) sheet.rgba.set(pixel, ((top + y) * sheet.width + left + x) * 4);
    }
  }
}

function box(width: number, height: number): Raster {
  return blank(width, height, [200, 30, 30, 255]);
}

function cellsOf(sheet: Raster, layout: SheetLayout, atlas: string | null = null): readonly PlacedCell[] {
  const cells = findCells(sheet, layout, atlas);
  if ('kind' in cells) throw new Error(`${cells.kind}: ${cells.message}`);
  return cells;
}

function kindOf(sheet: Raster, layout: SheetLayout, atlas: string | null = null): string {
  const cells = findCells(sheet, layout, atlas);
  return 'kind' in cells ? cells.kind : 'no fault';
}

const rectangles = (cells: readonly PlacedCell[]) =>
  cells.map(({ cell }) => [cell.left, cell.top, cell.width, cell.height]);

describe('a declared grid', () => {
  it('gives back the pictures that were joined, whatever margin and spacing', () => {
    const shape = fc.record({
      columns: fc.integer({ min: 1, max: 4 }),
      rows: fc.integer({ min: 1, max: 4 }),
      margin: fc.integer({ min: 0, max: 3 }),
      spacing: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(shape, ({ columns, rows, margin, spacing }) => {
        const sprites = Array.from({ length: columns * rows }, (_none, seed) => drawSprite(seed, 8));
        const sheet = blank(
          2 * margin + columns * (8 + spacing) - spacing,
          2 * margin + rows * (8 + spacing) - spacing,
        );
        sprites.forEach((sprite, index) => {
          paste(
            sheet,
            sprite,
            margin + (index % columns) * (8 + spacing),
            margin + Math.floor(index / columns) * (8 + spacing),
          );
        });
        const cells = cellsOf(sheet, { layout: 'grid', width: 8, height: 8, margin, spacing });
        expect(cells.map(({ cell }) => cutCell(sheet, cell))).toEqual(sprites);
      }),
    );
  });

  it('drops empty cells and keeps row and column of the others', () => {
    const sheet = joinSheet([drawSprite(1), blank(16, 16), drawSprite(2), drawSprite(3)], 2);
    const cells = cellsOf(sheet, { layout: 'grid', width: 16, height: 16, margin: 0, spacing: 0 });
    expect(cells.map(({ name }) => name)).toEqual(['r1c1', 'r2c1', 'r2c2']);
    expect(cells[1]?.labels).toEqual(['row 2', 'column 1']);
  });

  it('is refused when its cells do not fit, or are all empty', () => {
    const grid = { layout: 'grid', width: 16, height: 16, margin: 0, spacing: 0 } as const;
    expect(kindOf(box(40, 16), grid)).toBe('sheet-does-not-divide');
    expect(kindOf(box(8, 8), grid)).toBe('sheet-does-not-divide');
    expect(kindOf(blank(32, 32), grid)).toBe('sheet-without-cells');
  });
});

describe('gutters', () => {
  it('part rows and columns of different sizes', () => {
    const sheet = blank(30, 20);
    paste(sheet, box(5, 6), 2, 3);
    paste(sheet, box(7, 4), 10, 5);
    paste(sheet, box(9, 3), 12, 14);
    const cells = cellsOf(sheet, { layout: 'gutters' });
    expect(rectangles(cells)).toEqual([
      [2, 3, 5, 6],
      [10, 3, 7, 6],
      [12, 14, 9, 3],
    ]);
    expect(cells.map(({ name }) => name)).toEqual(['r1c1', 'r1c2', 'r2c1']);
  });

  it('are found by the colour of the border where nothing is transparent', () => {
    const sheet = blank(20, 10, [255, 0, 255, 255]);
    paste(sheet, box(4, 4), 1, 1);
    paste(sheet, box(4, 4), 8, 2);
    expect(rectangles(cellsOf(sheet, { layout: 'gutters' }))).toEqual([
      [1, 1, 4, 5],
      [8, 1, 4, 5],
    ]);
  });
});

describe('connected shapes', () => {
  it('are found where they touch at corners only, and apart where they do not', () => {
    const sheet = blank(20, 20);
    paste(sheet, box(3, 3), 1, 1);
    paste(sheet, box(3, 3), 4, 4);
    paste(sheet, box(2, 2), 12, 2);
    const cells = cellsOf(sheet, { layout: 'components', mergeDistance: 0 });
    expect(rectangles(cells)).toEqual([
      [1, 1, 6, 6],
      [12, 2, 2, 2],
    ]);
  });

  it('are one picture when they are nearer than the merge distance', () => {
    const sheet = blank(20, 20);
    paste(sheet, box(2, 6), 5, 2);
    paste(sheet, box(2, 2), 5, 10);
    expect(rectangles(cellsOf(sheet, { layout: 'components', mergeDistance: 1 }))).toHaveLength(2);
    expect(rectangles(cellsOf(sheet, { layout: 'components', mergeDistance: 2 }))).toEqual([[5, 2, 2, 10]]);
  });

  it('are those that filling shape after shape and joining near boxes finds', () => {
    const ink = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 144, maxLength: 144 });
    fc.assert(
      fc.property(ink, fc.integer({ min: 0, max: 2 }), (values, mergeDistance) => {
        const marks = values.map((value) => value === 0);
        fc.pre(marks.includes(true));
        const sheet = blank(12, 12);
        marks.forEach((mark, at) => mark && sheet.rgba.set([9, 9, 9, 255], at * 4));
        const found = rectangles(cellsOf(sheet, { layout: 'components', mergeDistance }));
        expect(found.map(String).sort()).toEqual(joinNear(floodFill(marks), mergeDistance).map(String).sort());
      }),
    );
  });
});

type Rectangle = readonly [left: number, top: number, width: number, height: number];

/** Boxes of 8-connected shapes on a field of 12 × 12, by flood fill. */
function floodFill(marks: readonly boolean[]): readonly Rectangle[] {
  const left = new Set(marks.flatMap((mark, at) => (mark ? [at] : [])));
  const steps = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => ({ dx, dy })));
  const boxes: Rectangle[] = [];
  for (const start of left) {
    left.delete(start);
    const shape = [{ x: start % 12, y: Math.floor(start / 12) }];
    for (const { x, y } of shape) {
      for (const { dx, dy } of steps) {
        const inside = x + dx >= 0 && x + dx < 12 && y + dy >= 0 && y + dy < 12;
        if (inside && left.delete((y + dy) * 12 + x + dx)) shape.push({ x: x + dx, y: y + dy });
      }
    }
    boxes.push(around(shape.map(({ x, y }) => [x, y, 1, 1])));
  }
  return boxes;
}

function around(boxes: readonly Rectangle[]): Rectangle {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  return [left, top, right - left, Math.max(...boxes.map(([, y, , height]) => y + height)) - top];
}

/** Joins the first pair of near boxes until there is none. */
function joinNear(boxes: readonly Rectangle[], distance: number): readonly Rectangle[] {
  for (const [index, first] of boxes.entries()) {
    for (const second of boxes.slice(index + 1)) {
      const gapX = Math.max(first[0], second[0]) - Math.min(first[0] + first[2], second[0] + second[2]);
      const gapY = Math.max(first[1], second[1]) - Math.min(first[1] + first[3], second[1] + second[3]);
      if (gapX > distance || gapY > distance) continue;
      return joinNear([...boxes.filter((box) => box !== first && box !== second), around([first, second])], distance);
    }
  }
  return boxes;
}

describe('an atlas', () => {
  const sheet = joinSheet([drawSprite(1), drawSprite(2)], 2);
  const frame = (x: number) => ({ frame: { x, y: 0, w: 16, h: 16 }, rotated: false, duration: 100 });

  it('is read in the form of a list and of a dictionary', () => {
    const list = JSON.stringify({
      frames: [
        { filename: 'hero_walk 0.aseprite', ...frame(0) },
        { filename: 'b.png', ...frame(16) },
      ],
      meta: {},
    });
    const dictionary = JSON.stringify({ frames: { 'hero_walk 0.aseprite': frame(0), 'b.png': frame(16) } });
    const cells = cellsOf(sheet, { layout: 'atlas' }, list);
    expect(cells).toEqual(cellsOf(sheet, { layout: 'atlas' }, dictionary));
    expect(cells.map(({ name, labels }) => [name, labels])).toEqual([
      ['hero_walk 0', ['hero', 'walk', 'frame 0']],
      ['b', ['b']],
    ]);
  });

  it('is refused when it is missing, no atlas, turned, or larger than the sheet', () => {
    const turned = JSON.stringify({ frames: { a: { ...frame(0), rotated: true } } });
    const outside = JSON.stringify({ frames: { a: frame(17) } });
    for (const text of [null, 'no json', '{}', turned, outside]) {
      expect(kindOf(sheet, { layout: 'atlas' }, text)).toBe('atlas-invalid');
    }
  });
});
