const mixes = 'mixes neighbouring pixels';
const fractions = 'moves pixels by fractions';
const rounds = 'rounds colours; swap-palette exchanges them exactly';
const newPixels = 'needs new pixels; export enlarges by whole factors';
const cutsOff = 'cuts pixels off; crop takes transparent margins alone';

/** Operations that people ask for and that lose pixels, with what they do to them. */
export const lossyOperations: ReadonlyMap<string, string> = new Map([
  ...['antialias', 'bicubic', 'bilinear', 'blur', 'gaussian-blur', 'lanczos', 'smooth'].map(
    (name) => [name, mixes] as const,
  ),
  ...['affine', 'elastic', 'perspective', 'shear', 'skew', 'subpixel-shift', 'warp'].map(
    (name) => [name, fractions] as const,
  ),
  ...['brightness', 'color-jitter', 'contrast', 'gamma', 'hue', 'saturation'].map((name) => [name, rounds] as const),
  ...['resize', 'scale', 'upscale', 'zoom'].map((name) => [name, newPixels] as const),
  ...['cutout', 'random-crop', 'random-erasing'].map((name) => [name, cutsOff] as const),
  ['cutmix', 'joins halves of pictures'],
  ['dither', 'scatters pixels that nobody drew'],
  ['grayscale', 'makes one colour of several'],
  ['invert', 'makes colours that nobody chose; swap-palette exchanges them exactly'],
  ['jpeg', 'rounds blocks of pixels'],
  ['mixup', 'mixes pictures'],
  ['noise', 'changes pixels at random'],
  ['posterize', 'makes one colour of several'],
  ['quantize', 'makes one colour of several'],
  ['sharpen', 'changes colours beside borders'],
]);

/** Names of the operations that are refused because they lose pixels. */
export const refusedOperations: readonly string[] = [...lossyOperations.keys()].sort();
