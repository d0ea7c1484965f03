// @ts-check
// The groups of duplicates by definition: every pair of pictures is compared in full, in all eight positions. Written apart
// from the library, to judge it.

/** @typedef {import('@dgx-pixels/dataset-tools').ComparedPicture} Picture */
/** @typedef {{ readonly width: number, readonly height: number, readonly words: readonly number[] }} Grid */

/**
 * @param {readonly Picture[]} pictures
 * @returns groups by id, and how many pairs are nearly equal, with and without the rule that half of what is visible is equal
 */
export function compareEveryPair(pictures) {
  const grids = pictures.map(({ raster }) => toGrid(raster));
  const cut = grids.map(visiblePart);
  const group = pictures.map((_picture, index) => index);
  let [nearPairs, nearPairsIfEmptinessCounted] = [0, 0];
  for (let second = 0; second < pictures.length; second++) {
    const [positions, cutPositions] = [grids[second], cut[second]].map((grid) => (grid ? eightPositions(grid) : []));
    for (let first = 0; first < second; first++) {
      const [whole, part] = [grids[first], cut[first]];
      if (!whole || !part || !positions || !cutPositions) continue;
      const near = positions.map((position) => countEqual(position, whole)).filter(isMostlyEqual);
      const isNear = near.some(({ equal, visible, pixels }) => visible > 0 && pixels - equal <= visible / 2);
      if (near.length > 0) nearPairsIfEmptinessCounted++;
      if (isNear) nearPairs++;
      if (isNear || cutPositions.some((position) => isSameShape(position, part))) join(group, first, second);
    }
  }
  const groups = new Map(pictures.map(({ id }, index) => [id, pictures[group[index] ?? 0]?.id ?? id]));
  return { groups, nearPairs, nearPairsIfEmptinessCounted };
}

/**
 * @param {number[]} group
 * @param {number} first
 * @param {number} second
 */
function join(group, first, second) {
  const [one, other] = [group[first], group[second]];
  for (const [index, value] of group.entries()) if (value === other) group[index] = one ?? value;
}

/**
 * @param {Picture['raster']} raster
 * @returns {Grid} pixels as numbers; 0 is transparent
 */
function toGrid({ width, height, rgba }) {
  const words = Array.from({ length: width * height }, (_pixel, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(index * 4, index * 4 + 4);
    return alpha === 0 ? 0 : ((red * 256 + green) * 256 + blue) * 256 + alpha;
  });
  return { width, height, words };
}

/**
 * @param {Grid} grid
 * @returns {Grid} turned a quarter clockwise
 */
function turned({ width, height, words }) {
  const places = Array.from({ length: words.length }, (_pixel, index) => [index % height, Math.floor(index / height)]);
  return {
    width: height,
    height: width,
    words: places.map(([x = 0, y = 0]) => words[(height - 1 - x) * width + y] ?? 0),
  };
}

/**
 * @param {Grid} grid
 * @returns {Grid} flipped from side to side
 */
function flipped({ width, height, words }) {
  return { width, height, words: words.map((_word, index) => words[index - 2 * (index % width) + width - 1] ?? 0) };
}

/**
 * @param {Grid} grid
 * @returns {readonly Grid[]}
 */
function eightPositions(grid) {
  const positions = [grid];
  for (let turn = 1; turn < 4; turn++) positions.push(turned(positions[turn - 1] ?? grid));
  return [...positions, ...positions.map(flipped)];
}

/**
 * @param {Grid} grid
 * @returns {Grid} without transparent rows and columns at its borders
 */
function visiblePart(grid) {
  let part = grid;
  for (let side = 0; side < 4; side++) {
    while (part.height > 1 && part.words.slice(0, part.width).every((word) => word === 0)) {
      part = { width: part.width, height: part.height - 1, words: part.words.slice(part.width) };
    }
    part = turned(part);
  }
  return part;
}

/**
 * @param {Grid} one
 * @param {Grid} other
 */
function countEqual(one, other) {
  let [equal, visible] = [0, 0];
  if (one.width === other.width && one.height === other.height) {
    for (let index = 0; index < one.words.length; index++) {
      if (one.words[index] === other.words[index]) equal++;
      if (one.words[index] !== 0 || other.words[index] !== 0) visible++;
    }
  }
  return { equal, visible, pixels: other.words.length };
}

/** @param {{ readonly equal: number, readonly pixels: number }} counts */
function isMostlyEqual({ equal, pixels }) {
  return equal >= pixels * 0.9;
}

/**
 * @param {Grid} one
 * @param {Grid} other
 * @returns whether colours can be exchanged one for one so that the pictures are equal; equal ones are of one shape, too
 */
function isSameShape(one, other) {
  if (one.width !== other.width || one.height !== other.height) return false;
  const isEqual = one.words.every((word, index) => word === other.words[index]);
  if (isEqual) return true;
  const [there, back] = [new Map([[0, 0]]), new Map([[0, 0]])];
  for (const [index, word] of one.words.entries()) {
    const to = other.words[index] ?? 0;
    if ((there.get(word) ?? to) !== to || (back.get(to) ?? word) !== word) return false;
    there.set(word, to);
    back.set(to, word);
  }
  // A rectangle of one colour says nothing.
  return new Set(one.words).size > 1;
}
