import { hostname } from 'node:os';
import type { HostBaselinePayload } from '@dgx-pixels/evidence';
import { countNumaNodes } from './count-numa-nodes.ts';
import { describeHardware } from './describe-hardware.ts';
import { measureGemmPeak } from './gemm/measure-gemm-peak.ts';
import { readCpu } from './read-cpu.ts';
import { readGpu } from './read-gpu.ts';
import { readMemory } from './read-memory.ts';
import { readNetwork } from './read-network.ts';
import { readStorage } from './read-storage.ts';

/** What {@link measureHost} is doing, with its most telling value so far. */
export interface HostProgress {
  readonly stage: 'hardware' | 'gemm';
  readonly message: string;
}

/** How to measure. */
export interface MeasureHostOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: HostProgress) => void) | undefined;
  /** Aimed time of the GEMM probe in ms; see measureGemmPeak. */
  readonly gemmBudgetMs?: number | undefined;
}

/**
 * Reads this host's hardware and measures its float32 GEMM peak (about 5 s). Hold the machine lock around it.
 *
 * @throws HostTelemetryError HOST_GEMM_FAILED; the signal's reason on abort.
 */
export async function measureHost(options: MeasureHostOptions = {}): Promise<HostBaselinePayload> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const [cpu, memory, gpu, storage, network, numaNodes] = await Promise.all([
    readCpu(),
    readMemory(),
    readGpu({ signal }),
    readStorage(),
    readNetwork(),
    countNumaNodes(),
  ]);
  const gpuName = gpu.status === 'present' ? (gpu.gpus[0]?.name ?? null) : null;
  onProgress?.({ stage: 'hardware', message: `${cpu.model}, ${cpu.threads} threads, GPU: ${gpuName ?? 'none'}` });
  const timestamp = new Date().toISOString();
  const { baseline, missing } = describeHardware({
    timestamp,
    hostname: hostname(),
    cpu,
    memory,
    gpu,
    storage,
    network,
    numaNodes,
  });
  const gemm = await measureGemmPeak({ signal, budgetMs: options.gemmBudgetMs });
  onProgress?.({ stage: 'gemm', message: `${gemm.gflops.median.toFixed(1)} GFLOPS float32 at ${gemm.size}²` });
  const present = gpu.status === 'present' ? gpu : null;
  const payload = {
    gpuName,
    cudaVersion: present?.cudaVersion ?? null,
    unifiedMemory: present?.unifiedMemory ?? null,
  };
  const reason = gpu.status === 'absent' ? gpu.reason : 'nvidia-smi does not tell';
  const ownReasons = Object.entries(payload)
    .filter(([, value]) => value === null)
    .map(([field]) => [field, reason] as const);
  const baselineReasons = Object.entries(missing).map(([path, why]) => [`baseline.${path}`, why] as const);
  return {
    ...payload,
    baseline,
    gemm: { ...gemm, samplesGflops: [...gemm.samplesGflops] },
    missing: Object.fromEntries([...ownReasons, ...baselineReasons]),
  };
}
