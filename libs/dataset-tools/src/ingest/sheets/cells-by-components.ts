import type { SheetCell } from '../../manifest/source.ts';
import type { SheetInk } from './empty-colour.ts';
import type { PlacedCell } from './sheet-layout.ts';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Cells around connected shapes (8 neighbours); shapes whose boxes lie at most `mergeDistance` pixels apart are one, such
 * as a figure and the dot of its exclamation mark. In the order of reading: by top edge, then left edge.
 */
export function cellsByComponents(sheet: SheetInk, mergeDistance: number): readonly PlacedCell[] {
  const boxes = mergeBoxes(componentBoxes(sheet), mergeDistance);
  boxes.sort((first, second) => first.top - second.top || first.left - second.left);
  return boxes.map((box, index) => ({
    cell: sheetCell(box),
    name: `n${index + 1}`,
    labels: [`number ${index + 1}`],
  }));
}

function sheetCell({ left, top, right, bottom }: Box): SheetCell {
  return { left, top, width: right - left, height: bottom - top };
}

/** Boxes of the shapes, by labelling in one pass with union-find (two-pass algorithm of Rosenfeld and Pfaltz 1966). */
function componentBoxes({ width, height, ink }: SheetInk): Box[] {
  const labels = new Int32Array(width * height);
  const parents: number[] = [0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (ink[at] === 0) continue;
      let label = x > 0 ? (labels[at - 1] ?? 0) : 0;
      for (let above = Math.max(0, x - 1); y > 0 && above <= Math.min(width - 1, x + 1); above++) {
        const other = labels[(y - 1) * width + above] ?? 0;
        if (other === 0) continue;
        if (label === 0) label = other;
        else join(parents, label, other);
      }
      if (label === 0) label = parents.push(parents.length) - 1;
      labels[at] = label;
    }
  }
  const boxes = new Map<number, Box>();
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? 0;
    if (label === 0) continue;
    const root = rootOf(parents, label);
    const [x, y] = [at % width, Math.floor(at / width)];
    const box = boxes.get(root);
    if (box === undefined) boxes.set(root, { left: x, top: y, right: x + 1, bottom: y + 1 });
    else grow(box, { left: x, top: y, right: x + 1, bottom: y + 1 });
  }
  return [...boxes.values()];
}

/** Joins boxes until none is near another. A sweep over the top edges keeps it from comparing all with all. */
function mergeBoxes(boxes: readonly Box[], distance: number): Box[] {
  let current = [...boxes];
  for (;;) {
    current.sort((first, second) => first.top - second.top);
    const merged: Box[] = [];
    let open: Box[] = [];
    for (const box of current) {
      open = open.filter((other) => box.top - other.bottom <= distance);
      const near = open.find((other) => box.left - other.right <= distance && other.left - box.right <= distance);
      if (near !== undefined) grow(near, box);
      else {
        const own = { ...box };
        merged.push(own);
        open.push(own);
      }
    }
    if (merged.length === current.length) return merged;
    current = merged;
  }
}

function grow(box: Box, other: Box): void {
  box.left = Math.min(box.left, other.left);
  box.top = Math.min(box.top, other.top);
  box.right = Math.max(box.right, other.right);
  box.bottom = Math.max(box.bottom, other.bottom);
}

function rootOf(parents: number[], label: number): number {
  let root = label;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] ?? 0] ?? 0;
    root = parents[root] ?? 0;
  }
  return root;
}

function join(parents: number[], first: number, second: number): void {
  const [low, high] = [rootOf(parents, first), rootOf(parents, second)].sort((a, b) => a - b);
  if (low !== undefined && high !== undefined) parents[high] = low;
}
