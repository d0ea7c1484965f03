import { describe, expect, it } from 'vitest';
import { adapterSize, largestRank, updateWork } from './training-work.ts';
import { sdxlUnet, unetLayers } from './unet-shape.ts';

const targets = ['attention', 'attention-ff', 'attention-ff-proj'] as const;

describe('the UNet of SDXL', () => {
  it('has the parameters of its release', () => {
    const weights = unetLayers(sdxlUnet).reduce((sum, layer) => {
      if (layer.kind === 'attention') return sum;
      return sum + layer.from * layer.to * (layer.kind === 'convolution' ? layer.side ** 2 : 1);
    }, 0);
    // 2567.46 M with the biases and normalisations, which cost no work worth counting.
    expect(weights / 1e6).toBeGreaterThan(2565);
    expect(weights / 1e6).toBeLessThan(2567.5);
  });
});

describe('adapterSize', () => {
  it.each([
    ['attention', 560, 1_451_520],
    ['attention-ff', 700, 2_616_320],
    ['attention-ff-proj', 722, 2_659_840],
  ] as const)('%s: %i layers, %i parameters a rank', (set, modules, parameters) => {
    expect(adapterSize(sdxlUnet, set, 1)).toMatchObject({ modules, parameters });
  });

  // In 10⁶ bytes of float16, counted independently from the released model.
  it.each([
    ['attention', [11.6, 23.2, 46.4, 69.7, 92.9, 185.8, 371.6]],
    ['attention-ff', [20.9, 41.9, 83.7, 125.6, 167.4, 334.9, 669.8]],
    ['attention-ff-proj', [21.3, 42.6, 85.1, 127.7, 170.2, 340.5, 680.9]],
  ] as const)('%s: bytes of ranks 4 to 128', (set, megabytes) => {
    const ranks = [4, 8, 16, 24, 32, 64, 128];
    const sizes = ranks.map((rank) => adapterSize(sdxlUnet, set, rank).tensorBytes / 1e6);
    expect(sizes.map((size) => Number(size.toFixed(1)))).toEqual(megabytes);
  });

  it('names the largest rank within 100 MB', () => {
    expect(targets.map((set) => largestRank(sdxlUnet, set, 100e6))).toEqual([34, 19, 18]);
  });
});

describe('updateWork', () => {
  const at = (side: number, gradientCheckpointing: boolean, rank = 16) =>
    updateWork(sdxlUnet, { width: side, height: side, targets: 'attention-ff-proj', rank, gradientCheckpointing });

  // Counted independently, on the layers of the released model.
  it.each([
    [1024, 6.76, 14.7, 21.6],
    [768, 3.64, 7.7, 11.4],
    [512, 1.59, 3.2, 4.9],
  ])(
    '%i pixels: %f forward, %f a picture, %f with checkpointing, in 10¹² operations',
    (side, forward, update, again) => {
      const bare = at(side, false, 0);
      expect(bare.forward / 1e12).toBeCloseTo(forward, 1);
      expect(at(side, false).update / 1e12 / update).toBeCloseTo(1, 1);
      expect(at(side, true).update / 1e12 / again).toBeCloseTo(1, 1);
    },
  );
});
