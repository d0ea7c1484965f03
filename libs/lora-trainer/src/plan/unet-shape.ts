/** What decides the size of an SDXL-shaped UNet. */
export interface UnetShape {
  /** Channels of each level, outermost first. */
  readonly channels: readonly number[];
  /** Transformer layers of each level; 0: the level has no attention. */
  readonly depths: readonly number[];
  readonly layersPerBlock: number;
  /** Width of the text states, and how many there are. */
  readonly crossWidth: number;
  readonly textTokens: number;
  /** Width of the pooled embedding with the embedded time ids. */
  readonly addedWidth: number;
}

/** SDXL base 1.0: `unet/config.json` of its release. */
export const sdxlUnet: UnetShape = {
  channels: [320, 640, 1280],
  depths: [0, 2, 10],
  layersPerBlock: 2,
  crossWidth: 2048,
  textTokens: 77,
  addedWidth: 2816,
};

/** A layer of the UNet that costs work. `level` says at which resolution: 0 is that of the latent, each next has half its side. */
export type UnetLayer =
  | {
      readonly kind: 'linear';
      readonly level: number;
      readonly from: number;
      readonly to: number;
      /** `text`: applied to the text states, `embedding`: to one vector, else to every cell. */
      readonly input: 'cells' | 'text' | 'embedding';
      /** Which part of a transformer it is; null outside of them: those get no adapter. */
      readonly part: 'attention' | 'ff' | 'proj' | null;
    }
  | {
      readonly kind: 'convolution';
      readonly level: number;
      readonly from: number;
      readonly to: number;
      readonly side: 1 | 3;
    }
  | { readonly kind: 'attention'; readonly level: number; readonly width: number; readonly over: 'cells' | 'text' };

/** The layers of a UNet in the order in which they run. */
export function unetLayers(shape: UnetShape): readonly UnetLayer[] {
  const { channels, depths, layersPerBlock } = shape;
  const outer = channels[0] ?? 0;
  const skips: number[] = [outer];
  const layers: UnetLayer[] = [
    ...vector(outer, outer * 4, outer * 4),
    ...vector(shape.addedWidth, outer * 4, outer * 4),
    convolution(0, 4, outer),
  ];
  let width = outer;
  for (const [level, channel] of channels.entries()) {
    for (let index = 0; index < layersPerBlock; index++) {
      layers.push(...resnet(shape, level, width, channel), ...transformer(shape, level, depths[level] ?? 0));
      width = channel;
      skips.push(width);
    }
    if (level + 1 === channels.length) continue;
    layers.push(convolution(level + 1, width, width));
    skips.push(width);
  }
  const inner = channels.length - 1;
  layers.push(
    ...resnet(shape, inner, width, width),
    ...transformer(shape, inner, depths[inner] ?? 0),
    ...resnet(shape, inner, width, width),
  );
  for (let level = inner; level >= 0; level--) {
    const channel = channels[level] ?? 0;
    for (let index = 0; index <= layersPerBlock; index++) {
      layers.push(...resnet(shape, level, width + (skips.pop() ?? 0), channel), ...transformer(shape, level, depths[level] ?? 0)); // prettier-ignore
      width = channel;
    }
    if (level > 0) layers.push(convolution(level - 1, width, width));
  }
  return [...layers, convolution(0, width, 4)];
}

function convolution(level: number, from: number, to: number, side: 1 | 3 = 3): UnetLayer {
  return { kind: 'convolution', level, from, to, side };
}

function vector(from: number, hidden: number, to: number): readonly UnetLayer[] {
  const layer = (first: number, second: number): UnetLayer => {
    return { kind: 'linear', level: 0, from: first, to: second, input: 'embedding', part: null };
  };
  return [layer(from, hidden), layer(hidden, to)];
}

function resnet({ channels }: UnetShape, level: number, from: number, to: number): readonly UnetLayer[] {
  const embedding = (channels[0] ?? 0) * 4;
  return [
    convolution(level, from, to),
    { kind: 'linear', level, from: embedding, to, input: 'embedding', part: null },
    convolution(level, to, to),
    ...(from === to ? [] : [convolution(level, from, to, 1)]),
  ];
}

function transformer({ channels, crossWidth }: UnetShape, level: number, depth: number): readonly UnetLayer[] {
  if (depth === 0) return [];
  const width = channels[level] ?? 0;
  const linear = (
    part: 'attention' | 'ff' | 'proj',
    from: number,
    to: number,
    input: 'cells' | 'text' = 'cells',
  ): UnetLayer => ({ kind: 'linear', level, from, to, input, part });
  const square = linear('attention', width, width);
  const layer: readonly UnetLayer[] = [
    ...[square, square, square],
    { kind: 'attention', level, width, over: 'cells' },
    square,
    square,
    linear('attention', crossWidth, width, 'text'),
    linear('attention', crossWidth, width, 'text'),
    { kind: 'attention', level, width, over: 'text' },
    square,
    // GEGLU: half of the eightfold width gates the other half.
    linear('ff', width, width * 8),
    linear('ff', width * 4, width),
  ];
  const projection = linear('proj', width, width);
  return [projection, ...Array.from({ length: depth }, () => layer).flat(), projection];
}
