import { type Oklab, oklabOf } from '@dgx-pixels/pixel-art';

/** Colours that people name, and what they look like. */
const named = [
  { word: 'black', point: oklabOf(0x101014) },
  { word: 'white', point: oklabOf(0xf5f5f5) },
  { word: 'gray', point: oklabOf(0x808080) },
  { word: 'red', point: oklabOf(0xcd282d) },
  { word: 'orange', point: oklabOf(0xeb8228) },
  { word: 'yellow', point: oklabOf(0xf5d746) },
  { word: 'green', point: oklabOf(0x3c963c) },
  { word: 'cyan', point: oklabOf(0x46c8d2) },
  { word: 'blue', point: oklabOf(0x375acd) },
  { word: 'purple', point: oklabOf(0x823caa) },
  { word: 'pink', point: oklabOf(0xf08cbe) },
  { word: 'brown', point: oklabOf(0x784b2d) },
] as const;

/** The colour word nearest to `#rrggbb` in OKLab; hue counts more than lightness, as it does in names. */
export function colourWord(colour: string): string {
  const point = oklabOf(Number.parseInt(colour.slice(1), 16));
  return named.reduce((best, next) => (distance(point, next.point) < distance(point, best.point) ? next : best)).word;
}

function distance(one: Oklab, other: Oklab): number {
  return (one[0] - other[0]) ** 2 / 4 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}
