import type { Conditioning, ImageBatch, Latent, PixelEngine } from '@dgx-pixels/comfy-embedded';

/** Words to numbers, numbers to colours: an engine without a model, for tests of what surrounds one. */
export function createFlatEngine(): PixelEngine {
  return {
    checkpointName: 'flat.safetensors',
    modelSha256: 'f'.repeat(64),
    samplers: ['euler'],
    schedulers: ['normal'],
    encodePrompt: ({ text }): Promise<Conditioning> =>
      Promise.resolve({
        states: new Float32Array([text.length]),
        tokens: 1,
        width: 1,
        pooled: new Float32Array([text.length]),
        unknownWords: [],
      }),
    sample: ({ latent, seed, steps, positive }, options): Promise<Latent> => {
      for (let step = 1; step <= steps; step += 1) options?.onStep?.(step, steps);
      const level = (Number(seed % 97n) + (positive.states[0] ?? 0)) / 200;
      return Promise.resolve({ ...latent, values: latent.values.map((_, index) => (level + index / 1000) % 1) });
    },
    decode: ({ batch, height, width, values }): Promise<ImageBatch> => {
      const pixels = new Float32Array(batch * height * 8 * width * 8 * 3);
      const colours = pixels.map((_, index) => values[index % values.length] ?? 0);
      return Promise.resolve({ values: colours, batch, height: height * 8, width: width * 8 });
    },
    readAdapter: (path) =>
      Promise.resolve({ path, sha256: 'a'.repeat(64), unetWeights: 0, textWeights: 0, unmatchedKeys: [], misfits: [] }),
    decodePreview: ({ batch, height, width }) => ({
      values: new Float32Array(batch * height * width * 3),
      batch,
      height,
      width,
    }),
    encodeImages: ({ batch, height, width }) => {
      const [rows, columns] = [Math.floor(height / 8), Math.floor(width / 8)];
      return Promise.resolve({
        values: new Float32Array(batch * 4 * rows * columns),
        batch,
        height: rows,
        width: columns,
      });
    },
    close: () => Promise.resolve(),
  };
}
