type Replacements = ReadonlyMap<string, string>;

const leftAndRight = bothWays([
  ['left', 'right'],
  ['leftward', 'rightward'],
  ['leftwards', 'rightwards'],
  ['east', 'west'],
]);
const upAndDown = bothWays([
  ['up', 'down'],
  ['upward', 'downward'],
  ['upwards', 'downwards'],
  ['top', 'bottom'],
  ['upper', 'lower'],
  ['above', 'below'],
  ['north', 'south'],
]);
/** Flips change the sense of rotation, turns do not. */
const senses = new Map([
  ['clockwise', 'counterclockwise'],
  ['counterclockwise', 'clockwise'],
  ['anticlockwise', 'clockwise'],
]);

/** What changes its word under a horizontal flip. */
export const horizontalFlipWords: Replacements = new Map([...leftAndRight, ...senses]);
/** What changes its word under a vertical flip. */
export const verticalFlipWords: Replacements = new Map([...upAndDown, ...senses]);

/** The four directions and corners, clockwise, as captions name them. */
const rounds = [
  ['up', 'right', 'down', 'left'],
  ['upward', 'rightward', 'downward', 'leftward'],
  ['upwards', 'rightwards', 'downwards', 'leftwards'],
  ['north', 'east', 'south', 'west'],
  ['top left', 'top right', 'bottom right', 'bottom left'],
  ['top-left', 'top-right', 'bottom-right', 'bottom-left'],
  ['upper left', 'upper right', 'lower right', 'lower left'],
] as const;

/** What changes its word under so many quarter turns clockwise. */
export const turnWords: Readonly<Record<1 | 2 | 3, Replacements>> = {
  1: new Map([...roundBy(1), ['top', 'right'], ['bottom', 'left']]),
  2: new Map([...upAndDown, ...leftAndRight]),
  3: new Map([...roundBy(3), ['top', 'left'], ['bottom', 'right']]),
};

function roundBy(quarterTurns: 1 | 3): (readonly [string, string])[] {
  return rounds.flatMap((words) =>
    words.map((word, place) => [word, words[(place + quarterTurns) % 4] ?? word] as const),
  );
}

function bothWays(pairs: readonly (readonly [string, string])[]): Replacements {
  return new Map(pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));
}
