import { describe, expect, it } from 'vitest';
import { describeHardware } from './describe-hardware.ts';
import type { HostReadings } from './describe-hardware.ts';

const gigabyte = 2 ** 30;
const spark: HostReadings = {
  timestamp: '2025-11-10T23:00:34.000Z',
  hostname: 'spark',
  cpu: {
    model: 'Cortex-X925',
    vendor: 'ARM',
    architecture: 'aarch64',
    cores: 20,
    threads: 20,
    usableThreads: 20,
    frequencyMhz: { min: 1000, max: 4004 },
  },
  memory: {
    totalBytes: 119.7 * gigabyte,
    availableBytes: 88.2 * gigabyte,
    usedBytes: 30.9 * gigabyte,
    swapFreeBytes: 0,
  },
  gpu: {
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
        powerW: 11.6,
        smClockMhz: 2411,
      },
    ],
  },
  storage: { mount: '/', sizeBytes: 3755 * gigabyte, usedBytes: 368 * gigabyte, availableBytes: 3197 * gigabyte },
  network: [{ name: 'lo', type: 'Loopback', speedGbps: null, index: 1 }],
  numaNodes: 1,
};

describe('describeHardware', () => {
  it('describes a DGX Spark as its Foundation orchestrator does', () => {
    const { baseline } = describeHardware(spark);
    expect(baseline.gpu).toEqual({
      model: 'GB10',
      count: 1,
      memory_gb: 119,
      compute_capability: '12.1',
      cuda_version: '13.0',
      driver_version: '580.95.05',
      architecture: 'Grace Blackwell',
      name: 'NVIDIA GB10',
    });
    expect(baseline.memory).toEqual({
      type: 'unified',
      total_gb: 119,
      available_gb: 88,
      used_gb: 30,
      bandwidth_gbs: null,
    });
    expect(baseline.storage.root).toMatchObject({ mount: '/', size_gb: 3755, used_gb: 368, available_gb: 3197 });
    expect(baseline.topology).toMatchObject({ numa_nodes: 1, pci_topology: 'Single GPU system' });
  });

  it('gives a reason for every null, and none for a value', () => {
    const absent = { status: 'absent', reason: 'nvidia-smi was not found on PATH' } as const;
    const bare: HostReadings = { ...spark, gpu: absent, storage: null, numaNodes: null };
    for (const readings of [spark, bare]) {
      const { baseline, missing } = describeHardware(readings);
      expect(unexplained(baseline, missing)).toEqual([]);
      for (const path of Object.keys(missing)) if (path !== 'gpu') expect(at(baseline, path), path).toBeNull();
    }
    expect(describeHardware(bare).missing['gpu']).toBe('nvidia-smi was not found on PATH');
    expect(describeHardware(bare).baseline.memory.type).toBe('system');
  });
});

function unexplained(value: unknown, missing: Record<string, string>, path = ''): string[] {
  if (path in missing) return [];
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) =>
    unexplained(child, missing, path === '' ? key : `${path}.${key}`),
  );
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => Object.entries(inner ?? {}).find(([name]) => name === key)?.[1], value);
}
