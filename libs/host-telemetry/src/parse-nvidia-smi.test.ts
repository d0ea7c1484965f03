import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gpuQueryFields, parseCudaVersion, parseNvidiaSmi } from './parse-nvidia-smi.ts';

describe('parseNvidiaSmi', () => {
  it('turns every mark of absence into null, never into 0', () => {
    const table = parseNvidiaSmi('NVIDIA GB10, 580.95.05, 12.1, [N/A], [Not Supported], N/A, [Unknown Error], \n');
    expect(table).toEqual({
      status: 'parsed',
      rows: [
        {
          name: 'NVIDIA GB10',
          driver_version: '580.95.05',
          compute_cap: '12.1',
          'memory.total': null,
          'utilization.gpu': null,
          'temperature.gpu': null,
          'power.draw': null,
          'clocks.sm': null,
        },
      ],
    });
  });

  it.each([
    ['', 'nvidia-smi listed no GPU'],
    ['NVIDIA GB10, 580.95.05', 'line 1 of nvidia-smi has 2 columns instead of 8'],
    ['NVIDIA GB10, 580.95.05, 12.1, 24 MiB, 0, 1, 2, 3', 'memory.total = "24 MiB"'],
    ['NVIDIA GB10, 580.95.05, 12.1, 1e9, 0, 1, 2, 3', 'memory.total = "1e9"'],
    ['NVIDIA GB10, 580.95.05, 12.1, -1, 0, 1, 2, 3', 'memory.total = "-1"'],
  ])('refuses %j', (text, reason) => {
    const table = parseNvidiaSmi(text);
    expect(table.status === 'malformed' && table.reason).toContain(reason);
  });

  it('gives back the numbers it was given', () => {
    const amount = fc.integer({ min: 0, max: 999_999 });
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (memory, load, heat, power, clock) => {
        const table = parseNvidiaSmi(`NVIDIA X, 1.2, 3.4, ${memory}, ${load}, ${heat}, ${power}.25, ${clock}`);
        const row = table.status === 'parsed' ? table.rows[0] : undefined;
        expect(Number(row?.['memory.total'])).toBe(memory);
        expect(Number(row?.['power.draw'])).toBe(power + 0.25);
        expect(Number(row?.['clocks.sm'])).toBe(clock);
      }),
    );
  });

  it('never throws, and parsed rows hold every field', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const table = parseNvidiaSmi(text);
        if (table.status === 'parsed')
          for (const row of table.rows) expect(Object.keys(row)).toEqual([...gpuQueryFields]);
      }),
    );
  });
});

describe('parseCudaVersion', () => {
  it.each([
    ['CUDA Version        : 13.0', '13.0'],
    ['| NVIDIA-SMI 580.95.05   Driver Version: 580.95.05   CUDA Version: 13.0     |', '13.0'],
    ['CUDA UMD Version    : 13.2', '13.2'],
    ['CUDA Version: N/A', null],
    ['', null],
  ])('%j gives %j', (text, version) => {
    expect(parseCudaVersion(text)).toBe(version);
  });
});
