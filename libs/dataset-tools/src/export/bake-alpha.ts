import type { Raster } from '@dgx-pixels/pixel-art';

/**
 * A picture on a plain background: opaque everywhere. Trainers drop the alpha channel, which shows whatever colour hides
 * under transparent pixels; so it is put on here. Translucent pixels are blended in sRGB and rounded.
 *
 * @param background `#rrggbb`
 */
export function bakeAlpha({ width, height, rgba }: Raster, background: string): Raster {
  const behind = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
  const baked = new Uint8Array(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) {
      const [front, back] = [rgba[at + channel] ?? 0, behind[channel] ?? 0];
      baked[at + channel] = Math.round((front * alpha + back * (255 - alpha)) / 255);
    }
    baked[at + 3] = 255;
  }
  return { width, height, rgba: baked };
}
