import type { Raster } from '@dgx-pixels/pixel-art';

/** A small figure in four colours on a transparent background; other seeds give other figures. */
export function drawSprite(seed: number, side = 16): Raster {
  const rgba = new Uint8Array(side * side * 4);
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const colours = Array.from({ length: 4 }, () => [next() * 256, next() * 256, next() * 256, 255]);
  const half = side / 2;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < half; x++) {
      if (Math.hypot(x - half, y - half) > half - 1 + next()) continue;
      // Bands of one colour: scattered pixels would be reported.
      const colour = colours[Math.floor((y / side) * colours.length)] ?? [];
      rgba.set(colour, (y * side + x) * 4);
      rgba.set(colour, (y * side + side - 1 - x) * 4);
    }
  }
  return { width: side, height: side, rgba };
}
