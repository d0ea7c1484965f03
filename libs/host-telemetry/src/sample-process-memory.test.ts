import { describe, expect, it } from 'vitest';
import { sampleProcessMemory } from './sample-process-memory.ts';

describe('sampleProcessMemory', () => {
  it('sees memory that this process touches while watched', async () => {
    const watch = await sampleProcessMemory(process.pid, 20);
    const before = process.memoryUsage().rss;
    const block = Buffer.alloc(96 * 2 ** 20, 1);
    const use = await watch.stop();
    expect(block.length).toBe(96 * 2 ** 20);
    expect(use.peakProcessBytes).toBeGreaterThan(before + 80 * 2 ** 20);
    expect(use.availableDropBytes).toBeGreaterThanOrEqual(0);
    expect(use.missing).toEqual({});
    expect(await watch.stop()).toBe(use);
  });

  it('gives null and a reason for an engine elsewhere and for a process that is gone', async () => {
    const elsewhere = await (await sampleProcessMemory(null)).stop();
    expect(elsewhere.peakProcessBytes).toBeNull();
    expect(elsewhere.missing['peakProcessBytes']).toContain('no process of this host');
    const gone = await (await sampleProcessMemory(2 ** 22 + 1)).stop();
    expect(gone.peakProcessBytes).toBeNull();
    expect(gone.missing['peakProcessBytes']).toContain(String(2 ** 22 + 1));
  });
});
