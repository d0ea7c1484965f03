import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpuinfo } from './parse-cpuinfo.ts';

const x86Core = (processor: number, core: number) =>
  `processor\t: ${processor}\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 9B14\nphysical id\t: 0\ncore id\t\t: ${core}\nflags\t\t: fpu vme\n`;
const armCore = (processor: number, part: string) =>
  `processor\t: ${processor}\nBogoMIPS\t: 2000.00\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU part\t: ${part}\n`;

describe('parseCpuinfo', () => {
  it('tells cores from threads on x86-64', () => {
    const text = [x86Core(0, 0), x86Core(1, 0), x86Core(2, 1), x86Core(3, 1)].join('\n');
    expect(parseCpuinfo(text)).toEqual({ model: 'AMD EPYC 9B14', vendor: 'AuthenticAMD', cores: 2, threads: 4 });
  });

  it('names a GB10 after its large cores and counts every core', () => {
    const small = Array.from({ length: 10 }, (_, index) => armCore(index, '0xd87'));
    const large = Array.from({ length: 10 }, (_, index) => armCore(10 + index, '0xd85'));
    expect(parseCpuinfo([...small, ...large].join('\n'))).toEqual({
      model: 'Cortex-X925',
      vendor: 'ARM',
      cores: 20,
      threads: 20,
    });
  });

  it('leaves an unknown part without a name', () => {
    expect(parseCpuinfo(armCore(0, '0xfff'))).toEqual({ model: null, vendor: 'ARM', cores: 1, threads: 1 });
  });

  it('counts nothing in an empty or foreign text', () => {
    expect(parseCpuinfo('')).toEqual({ model: null, vendor: null, cores: null, threads: 0 });
    fc.assert(fc.property(fc.string(), (text) => parseCpuinfo(text).threads <= text.split('\n').length));
  });
});
