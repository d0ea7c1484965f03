import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readGpu } from './read-gpu.ts';

const realPath = process.env['PATH'] ?? '';
const fakeFolder = join(import.meta.dirname, '../test/fake-nvidia-smi');

function useFakeGpu(kind: string): void {
  process.env['PATH'] = `${fakeFolder}${delimiter}${realPath}`;
  process.env['FAKE_GPU'] = kind;
}

afterEach(() => {
  process.env['PATH'] = realPath;
  delete process.env['FAKE_GPU'];
});

describe('readGpu', () => {
  it('reads a GB10: no dedicated memory, one memory for both processors', async () => {
    useFakeGpu('gb10');
    expect(await readGpu()).toEqual({
      status: 'present',
      cudaVersion: '13.0',
      unifiedMemory: true,
      gpus: [
        {
          name: 'NVIDIA GB10',
          driverVersion: '580.95.05',
          computeCapability: '12.1',
          memoryTotalBytes: null,
          utilizationPercent: 3,
          temperatureC: 54,
          powerW: 11.63,
          smClockMhz: 2411,
        },
      ],
    });
  });

  it('reads two GPUs with memory of their own', async () => {
    useFakeGpu('two-discrete');
    const reading = await readGpu();
    expect(reading).toMatchObject({ status: 'present', unifiedMemory: false });
    expect(reading.status === 'present' && reading.gpus.map((gpu) => gpu.memoryTotalBytes)).toEqual([
      23_028 * 2 ** 20,
      23_028 * 2 ** 20,
    ]);
  });

  it('asks field by field when the driver refuses one of them', async () => {
    useFakeGpu('old-driver');
    const reading = await readGpu();
    expect(reading).toMatchObject({
      status: 'present',
      gpus: [{ name: 'NVIDIA GB10', driverVersion: '580.95.05', computeCapability: null, powerW: null }],
    });
  });

  it('trusts nothing of an answer that does not fit the question', async () => {
    useFakeGpu('malformed');
    const reading = await readGpu();
    expect(reading.status).toBe('absent');
    expect(reading.status === 'absent' && reading.reason).toContain('compute_cap = "twelve"');
  });

  it('gives the reason on a host without a device', async () => {
    useFakeGpu('none');
    expect(await readGpu()).toEqual({ status: 'absent', reason: 'nvidia-smi failed with 6: No devices were found' });
  });

  it('ends a program that does not answer', async () => {
    useFakeGpu('hang');
    const reading = await readGpu({ timeoutMs: 200 });
    expect(reading).toEqual({ status: 'absent', reason: 'nvidia-smi gave no answer within 200 ms' });
  });

  it('says so when the program is not there', async () => {
    process.env['PATH'] = import.meta.dirname;
    expect(await readGpu()).toEqual({ status: 'absent', reason: 'nvidia-smi was not found on PATH' });
  });

  it('rejects with the reason of an aborted signal', async () => {
    useFakeGpu('hang');
    await expect(readGpu({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
