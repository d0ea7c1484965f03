import { createRecord, writeLatest } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import { type DatasetCheckPayload, datasetCheckPayload } from './dataset-check-payload.ts';
import { Bench } from './judging.ts';

const bench = new Bench();
const probes = [
  'captioning-within-limit',
  'augmentation-is-pixel-exact',
  'dataset-is-licensed',
  'no-leakage-across-splits',
  'dataset-has-fifty-images',
];

/** Outcome of each dataset probe when the record says this. */
async function outcomes(change?: (payload: DatasetCheckPayload) => void): Promise<Record<string, string>> {
  await bench.empty();
  const payload = datasetCheckPayload();
  change?.(payload);
  const own = { workstream: 'ws-07' as const, engine: null, inputs: [], artifacts: [] };
  const record = createRecord({ kind: 'datasetCheck', ...bench.workspace.envelope({}), ...own, payload });
  await writeLatest({ directory: bench.workspace.latest('ws-07'), records: [{ name: 'datasets', record }] });
  const verdict = await bench.judge('m3');
  // There is no training, so the gate cannot pass.
  expect(verdict.result).not.toBe('pass');
  const open = verdict.findings.filter(({ probe, outcome }) => probes.includes(probe) && outcome !== 'met');
  const answers: Record<string, string> = {};
  for (const { probe, outcome } of open) answers[probe] = outcome;
  return answers;
}

describe('the dataset probes of m3', () => {
  it('are met by two sound datasets', async () => {
    expect(await outcomes()).toEqual({});
  });

  it('are missing without a record', async () => {
    await bench.empty();
    const { findings } = await bench.judge('m3');
    expect(findings.filter(({ probe }) => probes.includes(probe)).map(({ outcome }) => outcome)).toEqual(
      probes.map(() => 'missing'),
    );
  });

  it.each<[string, (payload: DatasetCheckPayload) => void, Record<string, string>]>([
    ['slow captions', ({ captioning }) => (captioning.durationMs = 300_001), { 'captioning-within-limit': 'unmet' }],
    [
      'captions computed twice',
      ({ captioning }) => (captioning.again.computed = 1),
      { 'captioning-within-limit': 'unmet' },
    ],
    ['99 captions', ({ captioning }) => (captioning.pictures = 99), { 'captioning-within-limit': 'missing' }],
    [
      'an output that does not invert',
      ({ augmentation }) => (augmentation.operations[0]!.inverted = 19),
      { 'augmentation-is-pixel-exact': 'unmet' },
    ],
    [
      'no augmentation',
      ({ augmentation }) => (augmentation.operations = []),
      { 'augmentation-is-pixel-exact': 'missing' },
    ],
    [
      'a picture without licence',
      ({ datasets }) => (datasets[1]!.licences[0]!.pictures = 59),
      { 'dataset-is-licensed': 'unmet' },
    ],
    ['a refused picture', ({ datasets }) => (datasets[0]!.refused = 1), { 'dataset-is-licensed': 'unmet' }],
    [
      'a pair across the split',
      ({ datasets }) => (datasets[0]!.pairsAcrossSplit = 1),
      { 'no-leakage-across-splits': 'unmet' },
    ],
    [
      'a picture of the base model',
      ({ datasets }) => (datasets[0]!.sharedWithModel = 1),
      { 'no-leakage-across-splits': 'unmet' },
    ],
    ['nothing held out', ({ datasets }) => (datasets[1]!.heldOut = 0), { 'no-leakage-across-splits': 'unmet' }],
    ['nothing to compare with', (payload) => (payload.modelSprites = 0), { 'no-leakage-across-splits': 'missing' }],
    ['49 pictures', ({ datasets }) => (datasets[0]!.pictures = 49), { 'dataset-has-fifty-images': 'unmet' }],
    [
      'a picture without caption',
      ({ datasets }) => (datasets[0]!.captioned = 49),
      { 'dataset-has-fifty-images': 'unmet' },
    ],
  ])('notice %s', async (_name, change, expected) => {
    expect(await outcomes(change)).toEqual(expected);
  });
});
