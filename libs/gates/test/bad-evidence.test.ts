import { discardLatest } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import { renderVerdict } from '../src/index.ts';
import { Bench, blocks, namedFiles } from './judging.ts';
import type { WorkspaceOptions } from './measured-workspace.ts';
import { embeddedScenarios } from './sound-samples.ts';

const hour = 3_600_000;
const bench = new Bench();

describe('judgeGate on bad evidence', () => {
  it('is undecided without any evidence, and names the commands that make some', async () => {
    await bench.empty();
    const verdict = await bench.judge();
    expect([verdict.result, verdict.exitCode]).toEqual(['undecided', 8]);
    expect(renderVerdict(verdict)).toContain('next: npx nx run sdxl-bench:ws-05:embedded');
    expect(renderVerdict(verdict)).toContain('? WS-04: ComfyUI Setup - UNDECIDED (no record)');
  });

  it('does not pass after one workstream was discarded', async () => {
    await bench.judgeMeasured({});
    await discardLatest(bench.workspace.latest('ws-04'));
    const verdict = await bench.judge();
    expect(verdict.result).toBe('undecided');
    expect(namedFiles(verdict)).toContain('bench/results/ws-04/embedded/latest');
  });

  it.each([
    ['simulated records', { origin: 'simulated' }, 'fail', 'records-are-measured'],
    ['records from the future', { createdAt: new Date(Date.now() + hour) }, 'undecided', 'records-are-recent'],
    ['old records', { createdAt: new Date(Date.now() - 169 * hour) }, 'undecided', 'records-are-recent'],
    ['fewer steps than asked', { recipe: { steps: 4 } }, 'fail', 'workload-matches-policy'],
    ['another checkpoint', { recipe: { checkpoint: 'other.safetensors' } }, 'fail', 'checkpoint-is-listed'],
    [
      'too much memory',
      { memory: { peakProcessBytes: 2 ** 31, availableDropBytes: null } },
      'fail',
      'memory-within-limit',
    ],
    [
      'no memory figure',
      { memory: { peakProcessBytes: null, availableDropBytes: null } },
      'undecided',
      'memory-within-limit',
    ],
    [
      'a scenario left out',
      { scenarios: embeddedScenarios.slice(1) },
      'undecided',
      'single-image-latency-within-limit',
    ],
    [
      'too few runs',
      { scenarios: embeddedScenarios.map((scenario) => ({ ...scenario, runs: 9 })) },
      'undecided',
      'samples-are-sufficient',
    ],
    [
      'slow single images',
      { scenarios: embeddedScenarios.map((s) => ({ ...s, clientMs: () => (s.batchSize === 1 ? 7000 : 1000) })) },
      'fail',
      'single-image-latency-within-limit',
    ],
    [
      'slow batches',
      { scenarios: embeddedScenarios.map((s) => ({ ...s, clientMs: () => (s.batchSize === 8 ? 70_000 : 100) })) },
      'fail',
      'batch-throughput-within-limit',
    ],
    [
      'latencies across the limit',
      {
        scenarios: embeddedScenarios.map((s) => ({
          ...s,
          clientMs: (i: number) => (s.name === '128-single' ? 2000 + (i % 2) * 2000 : 500),
        })),
      },
      'undecided',
      'single-image-latency-within-limit',
    ],
  ] as const)('does not pass %s', async (_, options, result, probe) => {
    const verdict = await bench.judgeMeasured(options);
    expect(verdict.result).toBe(result);
    expect(blocks(verdict)).toContain(probe);
    expect(renderVerdict(verdict).trimEnd().split('\n').at(-1)).not.toContain('PASSED');
  });

  it.each([
    ['a failed run', (rows) => void (rows[3]!.failure = 'CUDA error'), 'samples-are-sufficient'],
    ['a cached sampler', (rows) => void rows[3]!.cachedNodes.push('5'), 'images-were-freshly-generated'],
    ['a blank image', (rows) => void (rows[3]!.images[0]!.blank = true), 'images-are-valid'],
    [
      'a repeated image',
      (rows) => void (rows[3]!.images[0]!.pixelsSha256 = rows[4]!.images[0]!.pixelsSha256),
      'images-are-valid',
    ],
    ['an image of another size', (rows) => void (rows[3]!.images[0]!.width = 64), 'images-are-valid'],
    ['a run without images', (rows) => void (rows[3]!.images = []), 'images-are-valid'],
    [
      'a seed that a 32-bit generator takes for another',
      (rows) => void (rows[3]!.seed = String(BigInt(rows[4]!.seed) + 2n ** 32n)),
      'images-were-freshly-generated',
    ],
    [
      'images that another scenario has too',
      (rows) => void (rows[3]!.images[0]!.pixelsSha256 = 'a'.repeat(64)),
      'images-were-freshly-generated',
    ],
    ['a repeated seed', (rows) => void (rows[3]!.seed = rows[4]!.seed), 'images-were-freshly-generated'],
  ] as [string, NonNullable<WorkspaceOptions['editRows']>, string][])('fails %s', async (_, editRows, probe) => {
    const verdict = await bench.judgeMeasured({ editRows });
    expect(verdict.result).toBe('fail');
    expect(blocks(verdict)).toContain(probe);
  });

  it('fails records of two hosts', async () => {
    await bench.judgeMeasured({});
    await bench.workspace.writeEngineCheck({ host: { cpuModel: 'Faster CPU' } });
    expect(blocks(await bench.judge())).toEqual(['records-share-one-host']);
  });
});
