import { createRecord, describeArtifact, writeLatest } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import { Bench } from './judging.ts';
import { type TrainingRunPayload, trainingRunPayload } from './training-run-payload.ts';

const bench = new Bench();
const probes = [
  'training-within-limit',
  'resume-is-exact',
  'training-has-converged',
  'adapter-works',
  'style-is-consistent',
  'custom-model-baseline-is-present',
];
const files = [
  { path: 'adapter.safetensors', data: 'weights' },
  { path: 'comparison.html', data: '<!doctype html>' },
];

/** What each probe answers that is not met, when the record says this and these files lie beside it. */
async function outcomes(
  change?: (payload: TrainingRunPayload) => void,
  artifacts = files,
): Promise<Record<string, string>> {
  await bench.empty();
  const payload = trainingRunPayload();
  change?.(payload);
  const named = artifacts.map(({ path, data }) => describeArtifact(path, data));
  const own = { workstream: 'ws-06' as const, engine: null, inputs: [], artifacts: named };
  const record = createRecord({ kind: 'trainingRun', ...bench.workspace.envelope({}), ...own, payload });
  await writeLatest({ directory: bench.workspace.latest('ws-06'), records: [{ name: 'run', record }], artifacts });
  const { findings } = await bench.judge('m3');
  const open = findings.filter(({ probe, outcome }) => probes.includes(probe) && outcome !== 'met');
  return Object.fromEntries(open.map(({ probe, outcome }) => [probe, outcome]));
}

describe('the training probes of m3', () => {
  it('are met by a sound run', async () => {
    expect(await outcomes()).toEqual({});
  });

  it('are missing without a record', async () => {
    await bench.empty();
    const { findings } = await bench.judge('m3');
    expect(findings.filter(({ probe }) => probes.includes(probe)).map(({ outcome }) => outcome)).toEqual(
      probes.map(() => 'missing'),
    );
  });

  it.each<[string, (payload: TrainingRunPayload) => void, string]>([
    ['2,999 updates', (payload) => (payload.steps = 2999), 'training-within-limit'],
    ['49 pictures', ({ dataset }) => (dataset.pictures = 49), 'training-within-limit'],
    ['more than the limit of time', ({ seconds }) => (seconds.total = 14_401), 'training-within-limit'],
    ['other bytes after a kill', ({ resume }) => (resume.exact = false), 'resume-is-exact'],
    ['a resume from the start', ({ resume }) => (resume.resumedFrom = 0), 'resume-is-exact'],
    ['an overfit run', (payload) => (payload.verdict = 'overfit'), 'training-has-converged'],
    ['an interval that reaches 0', ({ rounds }) => (rounds[1]!.againstBase.high = 0), 'training-has-converged'],
    ['a word without numbers', (payload) => (payload.rounds = []), 'training-has-converged'],
    ['too few held out', ({ dataset }) => (dataset.heldOut = 4), 'training-has-converged'],
    ['a missing layer', ({ adapter }) => (adapter.modules = 83), 'adapter-works'],
    ['a fault of the file', ({ adapter }) => adapter.faults.push('a key is unknown'), 'adapter-works'],
    ['a file over 100 MB', ({ adapter }) => (adapter.bytes = 100_000_001), 'adapter-works'],
    ['an adapter that is ignored', ({ loading }) => (loading.changed = 0), 'adapter-works'],
    ['another base at strength 0', ({ loading }) => (loading.zeroIsBase = false), 'adapter-works'],
    ['edges that came no closer', ({ style }) => (style.measures[1]!.difference.high = 0.01), 'style-is-consistent'],
    ['a palette that was not measured', ({ style }) => style.measures.shift(), 'style-is-consistent'],
    ['nine pairs', ({ style }) => (style.pairs = 9), 'style-is-consistent'],
    ['copies', ({ style }) => (style.copies = 3), 'style-is-consistent'],
  ])('%s: unmet', async (_what, change, probe) => {
    expect(await outcomes(change)).toEqual({ [probe]: 'unmet' });
  });

  it('want the adapter and the page beside the record', async () => {
    expect(await outcomes(undefined, files.slice(0, 1))).toEqual({ 'custom-model-baseline-is-present': 'unmet' });
  });
});
