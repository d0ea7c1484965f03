import type { PngHeader } from './png-header.ts';

/** A reduced picture inside the pixel data: every `stepX`-th column and `stepY`-th row from `left`, `top`. */
export interface PngPass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  /** Pixels of a row. */
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a row, without its filter byte. */
  readonly stride: number;
}

/** left, top, stepX, stepY of the seven passes (PNG specification, 8.2). */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes that a picture's pixel data consists of, without empty ones. */
export function pngPasses({ width, height, interlaced, bitDepth, samples }: PngHeader): readonly PngPass[] {
  return (interlaced ? adam7 : ([[0, 0, 1, 1]] as const))
    .map(([left, top, stepX, stepY]) => {
      const columns = Math.ceil((width - left) / stepX);
      const rows = Math.ceil((height - top) / stepY);
      return { left, top, stepX, stepY, columns, rows, stride: Math.ceil((columns * samples * bitDepth) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Bytes that the passes fill together. */
export function passesLength(passes: readonly PngPass[]): number {
  return passes.reduce((sum, { rows, stride }) => sum + rows * (stride + 1), 0);
}
