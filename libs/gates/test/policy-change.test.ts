import { describe, expect, it } from 'vitest';
import { Bench, blocks, namedFiles } from './judging.ts';

const bench = new Bench();

describe('judgeGate after a policy or an input changed', () => {
  it.each([
    ['a looser latency', 'max_latency_ms = 3000', 'max_latency_ms = 9000'],
    ['a lower throughput', 'min_images_per_minute = 15', 'min_images_per_minute = 5'],
    ['more memory', 'max_peak_memory_bytes = 1073741824', 'max_peak_memory_bytes = 9073741824'],
    ['fewer runs', 'min_runs = 30', 'min_runs = 3'],
    ['a longer validity', 'validity_hours = 168', 'validity_hours = 1680'],
    ['a dropped probe', '  "images-are-valid",\n', ''],
    ['a dropped threshold', 'max_latency_ms = 3000\n', ''],
    ['an unknown probe', '  "images-are-valid",\n', '  "images-are-valid",\n  "all-is-well",\n'],
  ])('is undecided with %s, also after measuring anew, and names the policy', async (_, from, to) => {
    await bench.judgeMeasured({});
    await bench.workspace.edit('bench/policies/embedded.toml', (text) => text.replace(from, to));
    const verdict = await bench.judge();
    expect(verdict.result).toBe('undecided');
    expect(blocks(verdict)).toEqual(expect.arrayContaining(['policy-is-unchanged', 'thresholds-are-not-loosened']));
    expect(namedFiles(verdict)).toContain('bench/policies/embedded.toml');
    await bench.workspace.measure();
    expect(blocks(await bench.judge())).toContain('thresholds-are-not-loosened');
  });

  it('accepts a looser threshold with a reason, once it was measured under that policy', async () => {
    await bench.empty();
    const reason = `
[[loosened]]
threshold = "128-single.max_latency_ms"
value = 9000
reason = "An emulated processor in the nightly run needs this long"
approved_by = "test"
date = 2026-11-22
`;
    await bench.workspace.edit(
      'bench/policies/embedded.toml',
      (text) => `${text.replace('max_latency_ms = 3000', 'max_latency_ms = 9000')}${reason}`,
    );
    await bench.workspace.measure();
    const verdict = await bench.judge();
    expect(verdict.result).toBe('pass');
    expect(verdict.findings.find(({ probe }) => probe === 'thresholds-are-not-loosened')?.message).toContain(
      'emulated processor',
    );
  });

  it.each(['bench/profiles/test.toml', 'bench/definitions/test.toml', 'bench/workflows/txt2img.api.json'])(
    'is undecided after %s changed',
    async (path) => {
      await bench.judgeMeasured({});
      await bench.workspace.edit(path, (text) => `${text} `);
      const verdict = await bench.judge();
      expect(verdict.result).toBe('undecided');
      expect(blocks(verdict)).toContain('inputs-are-unchanged');
      expect(namedFiles(verdict)).toContain(path);
    },
  );

  it.each([
    ['no TOML', (text: string) => `${text}\n= broken`, /embedded\.toml:\d+: /],
    [
      'wrong fields',
      (text: string) => text.replace('validity_hours = 168', 'validity_hours = "long"'),
      /validity_hours/,
    ],
  ])('names file and fault of a policy with %s', async (_, change, message) => {
    await bench.empty();
    await bench.workspace.edit('bench/policies/embedded.toml', change);
    await expect(bench.judge()).rejects.toThrow(message);
  });

  it('refuses a gate and a profile that are not known', async () => {
    await bench.empty();
    await expect(bench.judge('m9')).rejects.toThrow('Gate "m9" is not known');
    await expect(bench.judge('m1', '../../etc')).rejects.toThrow('Profile "../../etc" is not known');
  });
});
