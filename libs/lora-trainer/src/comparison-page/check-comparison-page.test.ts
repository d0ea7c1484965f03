import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { checkComparisonPage, comparisonPageLimits } from './check-comparison-page.ts';
import type { ComparedColumn, ComparisonPage, PagePicture } from './comparison-page.ts';
import { renderComparisonPage } from './render-comparison-page.ts';

/** One grey pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
const pixel: PagePicture = { png, width: 1, height: 1 };
const label = 'x';
const columns: ComparedColumn[] = [null, 500, 1000].map((step) => ({ label, step }));
const page: ComparisonPage = {
  title: 'Icons',
  run: {
    name: 'run',
    baseModel: 'base',
    dataset: { name: 'set', trigger: null, licence: 'CC0-1.0' },
    rank: 16,
    alpha: 16,
    steps: 1000,
    seconds: 60,
    verdict: { word: 'inconclusive', sentence: 'Too short.' },
    recommendedStep: null,
    adapter: { file: 'adapter.safetensors', sha256: 'a3f5' },
  },
  prompts: [
    { text: 'a globe', seed: 1 },
    { text: 'a bolt', seed: 2 },
  ],
  columns,
  pictures: [
    [pixel, pixel, pixel],
    [pixel, null, pixel],
  ],
  evaluation: [],
  curves: { heldOut: [], train: [], training: [], smoothing: 'none' },
  examples: [{ picture: pixel, caption: 'a sword' }],
};

function refused(changes: Partial<ComparisonPage>) {
  return () => checkComparisonPage({ ...page, ...changes });
}

describe('checkComparisonPage', () => {
  it('accepts a page of consistent data, up to the limits', () => {
    expect(refused({})).not.toThrow();
    const most = Array.from({ length: 64 }, (_, step) => ({ label, step: step === 0 ? null : step }));
    const row = most.map(() => pixel);
    const prompts = Array.from({ length: 200 }, (_, seed) => ({ text: 'x', seed }));
    expect(refused({ columns: most, prompts, pictures: prompts.map(() => row) })).not.toThrow();
  });

  it('refuses more than a page can hold', () => {
    const manyColumns = Array.from({ length: 65 }, (_, step) => ({ label, step: step === 0 ? null : step }));
    expect(refused({ columns: manyColumns })).toThrow(/at most 64 columns; these are 65/);
    expect(refused({ prompts: Array.from({ length: 201 }, (_, seed) => ({ text: 'x', seed })) })).toThrow(
      /200 prompts/,
    );
    expect(refused({ title: 'x'.repeat(comparisonPageLimits.text + 1) })).toThrow(/characters of a text/);
    const training = Array.from({ length: 10_001 }, (_, step) => ({ step, loss: 1 }));
    expect(refused({ curves: { ...page.curves, training } })).toThrow(/points of a loss curve/);
    const large = new Uint8Array(comparisonPageLimits.pictureBytes / 2);
    large.set(png);
    const examples = ['one', 'two'].map((caption) => ({ picture: { ...pixel, png: large }, caption }));
    expect(refused({ examples })).toThrow(/bytes of pictures/);
    expect(
      refused({
        examples: examples.slice(1),
        pictures: [
          [null, null, null],
          [null, null, null],
        ],
      }),
    ).not.toThrow();
  });

  it('refuses columns that are not the base model and then checkpoints by rising step', () => {
    expect(refused({ columns: [] })).toThrow(/first column/);
    expect(refused({ columns: columns.slice(1) })).toThrow(/first column/);
    for (const steps of [
      [500, 500],
      [500, 400],
      [500, null],
      [-1, 5],
      [0.5, 1],
    ])
      expect(refused({ columns: [null, ...steps].map((step) => ({ label, step })) })).toThrow(/later step/);
  });

  it('refuses pictures that do not fit prompts, columns or their stated size', () => {
    expect(refused({ pictures: page.pictures.slice(1) })).toThrow(/2 prompts but 1 rows/);
    expect(refused({ pictures: [[pixel, pixel, pixel], [null]] })).toThrow(/Row 2 has 1 pictures for 3 columns/);
    const withFirst = (first: PagePicture) =>
      refused({ prompts: page.prompts.slice(0, 1), pictures: [[first, null, null]] });
    expect(withFirst({ ...pixel, width: 32 })).toThrow(/prompt 1, column 1 is 1×1, not 32×1/);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect(withFirst({ ...pixel, png: svg })).toThrow(/no PNG/);
    expect(withFirst({ ...pixel, png: png.subarray(0, 20) })).toThrow(/no PNG/);
    const wide = Buffer.from(png);
    wide.writeUInt32BE(5000, 16);
    expect(withFirst({ png: wide, width: 5000, height: 1 })).toThrow(/at most 4096 pixels/);
    wide.writeUInt32BE(0, 16);
    expect(withFirst({ png: wide, width: 0, height: 1 })).toThrow(/empty/);
  });

  it('is asked before a page is rendered', () => {
    expect(() => renderComparisonPage({ ...page, columns: [] })).toThrow(RangeError);
    expect(renderComparisonPage(page)).toContain('a globe');
  });
});
