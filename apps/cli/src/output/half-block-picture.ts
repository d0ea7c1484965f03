import sharp from 'sharp';

/** Longest side in terminal columns. */
const mostColumns = 64;

/** A picture for a colour terminal: each character shows two pixels, one above the other. One art pixel is 8×8 pixels. */
export async function halfBlockPicture(png: Uint8Array): Promise<string> {
  const source = sharp(png, { limitInputPixels: 2 ** 26 });
  const { width, height } = await source.metadata();
  const shrink = Math.max(8, Math.ceil(Math.max(width, height) / mostColumns));
  const size = { width: Math.max(1, Math.round(width / shrink)), height: Math.max(1, Math.round(height / shrink)) };
  const { data, info } = await source
    .resize({ ...size, kernel: 'nearest' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour = (x: number, y: number): string =>
    [0, 1, 2].map((c) => data[(y * info.width + x) * 3 + c] ?? 0).join(';');
  const lines = [];
  for (let y = 0; y < info.height; y += 2) {
    let line = '';
    for (let x = 0; x < info.width; x += 1) {
      line += `\u001b[38;2;${colour(x, y)};48;2;${colour(x, Math.min(y + 1, info.height - 1))}m▀`;
    }
    lines.push(`${line}\u001b[0m`);
  }
  return lines.join('\n');
}
