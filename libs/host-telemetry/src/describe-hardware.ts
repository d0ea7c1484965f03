import type { HardwareBaseline } from '@dgx-pixels/evidence';
import type { CpuReading } from './read-cpu.ts';
import type { GpuReading } from './read-gpu.ts';
import type { MemoryReading } from './read-memory.ts';
import type { NetworkInterface } from './read-network.ts';
import type { StorageReading } from './read-storage.ts';

/** Everything read of a host before it is put into the baseline's shape. */
export interface HostReadings {
  readonly timestamp: string;
  readonly hostname: string;
  readonly cpu: CpuReading;
  readonly memory: MemoryReading;
  readonly gpu: GpuReading;
  readonly storage: StorageReading | null;
  readonly network: readonly NetworkInterface[];
  readonly numaNodes: number | null;
}

/** The baseline and, for each null in it, the reason by dotted path (a path explains everything below it). */
export interface DescribedHardware {
  readonly baseline: HardwareBaseline;
  readonly missing: Record<string, string>;
}

/**
 * Puts readings into the shape of the Foundation orchestrator's `hardware_baseline.json`. Sizes are whole GB of
 * 2^30 bytes, rounded down, as that file has them. What this host does not tell is null with a reason, never 0.
 */
export function describeHardware(readings: HostReadings): DescribedHardware {
  const { cpu, memory, storage } = readings;
  const gpu = describeGpu(readings.gpu, memory);
  const baseline: HardwareBaseline = {
    version: '1.0',
    timestamp: readings.timestamp,
    hostname: readings.hostname,
    gpu: gpu.baseline,
    cpu: {
      model: cpu.model,
      architecture: cpu.architecture,
      cores: cpu.cores,
      threads: cpu.threads,
      vendor: cpu.vendor,
      frequency_mhz: cpu.frequencyMhz,
    },
    memory: {
      type: gpu.unifiedMemory === true ? 'unified' : gpu.unifiedMemory === false ? 'discrete' : 'system',
      total_gb: gigabytes(memory.totalBytes),
      available_gb: gigabytes(memory.availableBytes),
      used_gb: gigabytes(memory.usedBytes),
      bandwidth_gbs: null,
    },
    storage: {
      root: {
        mount: storage?.mount ?? null,
        size_gb: storage === null ? null : gigabytes(storage.sizeBytes),
        used_gb: storage === null ? null : gigabytes(storage.usedBytes),
        available_gb: storage === null ? null : gigabytes(storage.availableBytes),
        io_throughput_gbs: null,
      },
    },
    network: {
      interfaces: readings.network.map((entry) => ({
        name: entry.name,
        type: entry.type,
        speed_gbps: entry.speedGbps,
        index: entry.index,
      })),
    },
    topology: {
      numa_nodes: readings.numaNodes,
      gpu_numa_id: null,
      pci_topology: gpu.count === 1 ? 'Single GPU system' : null,
      topology_matrix: null,
    },
  };
  return { baseline, missing: { ...reasonsFor(baseline), ...gpu.reasons } };
}

interface DescribedGpu {
  readonly baseline: HardwareBaseline['gpu'];
  readonly unifiedMemory: boolean | null;
  readonly count: number;
  readonly reasons: Record<string, string>;
}

function describeGpu(reading: GpuReading, memory: MemoryReading): DescribedGpu {
  const first = reading.status === 'present' ? reading.gpus[0] : undefined;
  if (reading.status === 'absent' || first === undefined) {
    const reason = reading.status === 'absent' ? reading.reason : 'nvidia-smi listed no GPU';
    const reasons = { gpu: reason, 'topology.gpu_numa_id': reason, 'topology.pci_topology': reason };
    return { baseline: noGpu, unifiedMemory: null, count: 0, reasons };
  }
  const memoryBytes = reading.unifiedMemory === true ? memory.totalBytes : first.memoryTotalBytes;
  const baseline = {
    model: first.name?.replace(/^NVIDIA /, '') ?? null,
    count: reading.gpus.length,
    memory_gb: memoryBytes === null ? null : gigabytes(memoryBytes),
    compute_capability: first.computeCapability,
    cuda_version: reading.cudaVersion,
    driver_version: first.driverVersion,
    architecture: architectureOf(first.computeCapability),
    name: first.name,
  };
  return { baseline, unifiedMemory: reading.unifiedMemory, count: reading.gpus.length, reasons: {} };
}

const noGpu: HardwareBaseline['gpu'] = {
  model: null,
  count: null,
  memory_gb: null,
  compute_capability: null,
  cuda_version: null,
  driver_version: null,
  architecture: null,
  name: null,
};

/** NVIDIA's compute capability table; 12.1 is the GPU of the Grace Blackwell chip GB10. */
function architectureOf(computeCapability: string | null): string | null {
  if (computeCapability === '12.1') return 'Grace Blackwell';
  const major = computeCapability?.split('.')[0];
  return major === undefined ? null : (architectures[major] ?? null);
}

const architectures: Readonly<Record<string, string>> = { '9': 'Hopper', '10': 'Blackwell', '12': 'Blackwell' };

const notMeasured: Readonly<Record<string, string>> = {
  'memory.bandwidth_gbs': 'not measured: a specified bandwidth is not evidence of one',
  'storage.root.io_throughput_gbs': 'not measured: the probe writes no large files',
  'topology.gpu_numa_id': 'nvidia-smi is not asked for it',
  'topology.pci_topology': 'only described for a single GPU',
  'topology.topology_matrix': 'nvidia-smi topo is not asked for',
  'cpu.frequency_mhz.min': 'the kernel has no frequency driver for this processor',
  'cpu.frequency_mhz.max': 'the kernel has no frequency driver for this processor',
};

function reasonsFor(baseline: HardwareBaseline): Record<string, string> {
  const reasons: Record<string, string> = {};
  const visit = (value: unknown, path: string): void => {
    if (value === null) reasons[path] = notMeasured[path] ?? 'this system does not tell';
    else if (typeof value === 'object')
      for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`);
  };
  visit({ ...baseline, gpu: baseline.gpu.name === null ? {} : baseline.gpu }, '');
  return reasons;
}

function gigabytes(bytes: number): number {
  return Math.floor(bytes / 2 ** 30);
}
