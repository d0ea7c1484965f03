import { describe, expect, it } from 'vitest';
import { renderVerdict } from '../src/index.ts';
import { Bench, blocks } from './judging.ts';

const bench = new Bench();

describe('judgeGate on sound embedded evidence', () => {
  it('passes m0 and m1, and says that no GB10 was judged', async () => {
    const m0 = await bench.judgeMeasured({}, 'm0');
    const m1 = await bench.judge('m1');
    expect([blocks(m0), blocks(m1)]).toEqual([[], []]);
    expect([m0.result, m0.exitCode, m1.result, m1.exitCode]).toEqual(['pass', 0, 'pass', 0]);
    expect(m1.statement).toBe('M1 Gate (embedded): PASSED — GB10 not judged');
    expect(m1.judgesGb10).toBe(false);
    const gb10 = m1.findings.filter(({ probe }) => /gb10|fp16/.test(probe)).map(({ outcome }) => outcome);
    expect(gb10).toEqual(['not-applicable', 'not-applicable', 'not-applicable']);
  });

  it('renders the lines of the mission with values and record ids', async () => {
    const verdict = await bench.judgeMeasured({});
    const lines = renderVerdict(verdict).trimEnd().split('\n');
    const [engineCheck] = verdict.evidence;
    expect(lines[0]).toBe(`✔ WS-04: ComfyUI Setup - COMPLETE (record ${engineCheck!.recordId})`);
    expect(lines[1]).toMatch(/^✔ WS-05: SDXL Optimization - COMPLETE \(records (\w{26}, ){3}\w{26}\)$/);
    expect(lines[2]).toBe(
      '✔ Performance: 0.30 s per image (128-single), 0.60 s per image (256-single), 399 img/min batch (128-batch8), 133 img/min batch (256-batch8)',
    );
    expect(lines.at(-1)).toBe('M1 Gate (embedded): PASSED — GB10 not judged');
  });
});

describe('judgeGate under a gb10 profile', () => {
  const gb10 = {
    arch: 'arm64',
    gpuName: 'NVIDIA GB10',
    cpuModel: 'Cortex-X925',
    cpuCount: 20,
    memoryTotalBytes: 119 * 2 ** 30,
  };
  const scenarios = [
    { name: '1024-single', side: 1024, batchSize: 1, runs: 64, clientMs: (i: number) => 1800 + (i % 7) },
    { name: '1024-batch8', side: 1024, batchSize: 8, runs: 50, clientMs: (i: number) => 13_000 + (i % 7) },
  ];
  const recipe = { steps: 4, cfg: 1, dtype: 'float16' };

  it('stays undecided for want of signatures only, when all else is met', async () => {
    const verdict = await bench.judgeMeasured({ profile: 'gb10-fast', host: gb10, scenarios, recipe });
    expect([blocks(verdict), verdict.result]).toEqual([['records-are-signed'], 'undecided']);
    expect(verdict.statement).toBe('M1 Gate (gb10-fast): UNDECIDED');
  });

  it('fails the same figures from another machine, and figures that the chip cannot reach', async () => {
    expect(blocks(await bench.judgeMeasured({ profile: 'gb10-fast', scenarios, recipe }))).toEqual([
      'records-are-signed',
      'sdxl-fp16-loads',
      'sdxl-latency-on-gb10',
      'sdxl-throughput-on-gb10',
    ]);
    const impossible = scenarios.map((scenario) => ({ ...scenario, clientMs: () => 100 * scenario.batchSize }));
    expect(
      blocks(await bench.judgeMeasured({ profile: 'gb10-fast', host: gb10, scenarios: impossible, recipe })),
    ).toContain('latency-is-physically-possible');
  });
});
