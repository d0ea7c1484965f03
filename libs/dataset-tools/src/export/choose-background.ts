import { oklabOf } from '@dgx-pixels/pixel-art';

/** Backgrounds to choose from: what models know as plain, and what sprites seldom are. */
const choices = ['#ffffff', '#000000', '#808080', '#ff00ff', '#00ff00', '#00ffff'] as const;

/** The background that lies farthest from every colour of a picture in OKLab; of equally far ones the first. */
export function contrastingBackground(palette: readonly string[]): string {
  const nearest = (choice: string): number => Math.min(...palette.map((colour) => distance(choice, colour)), Infinity);
  return choices.reduce((best, next) => (nearest(next) > nearest(best) + 1e-9 ? next : best));
}

function distance(one: string, other: string): number {
  const [first, second] = [oklabOf(Number.parseInt(one.slice(1), 16)), oklabOf(Number.parseInt(other.slice(1), 16))];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}
