// @ts-check

/**
 * An engine that draws nothing: routes are compared without a model.
 *
 * @returns {import('@dgx-pixels/comfy-embedded').PixelEngine}
 */
export function silentEngine() {
  const refuse = () => Promise.reject(new Error('this engine draws nothing'));
  return {
    checkpointName: 'none.safetensors',
    modelSha256: '0'.repeat(64),
    samplers: ['euler'],
    schedulers: ['normal'],
    readAdapter: refuse,
    encodePrompt: refuse,
    sample: refuse,
    decode: refuse,
    decodePreview: () => {
      throw new Error('this engine draws nothing');
    },
    encodeImages: refuse,
    close: () => Promise.resolve(),
  };
}
