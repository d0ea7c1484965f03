import { createHash } from 'node:crypto';
import { hostname, networkInterfaces, release } from 'node:os';
import type { Fingerprint } from '@dgx-pixels/evidence';
import { readCpu } from './read-cpu.ts';
import { readGpu } from './read-gpu.ts';
import { readMemory } from './read-memory.ts';
import { readTextFile } from './read-text-file.ts';

/** Reads the fingerprint of this host; takes a few ms, or as long as `nvidia-smi` where that exists. */
export async function readFingerprint(
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Fingerprint> {
  const [cpu, memory, gpu, hostIdSha256] = await Promise.all([readCpu(), readMemory(), readGpu(options), hashHostId()]);
  return {
    hostIdSha256,
    platform: process.platform,
    arch: process.arch,
    cpuModel: cpu.model,
    cpuCount: cpu.threads,
    memoryTotalBytes: memory.totalBytes,
    kernel: release(),
    gpuName: gpu.status === 'present' ? (gpu.gpus[0]?.name ?? null) : null,
  };
}

/** Salted, so that records can be compared with each other but not with other uses of the machine id. */
async function hashHostId(): Promise<string> {
  const machineId = (await readTextFile('/etc/machine-id'))?.trim() || fallbackId();
  return createHash('sha256').update(`dgx-pixels/host/v1\n${machineId}`).digest('hex');
}

function fallbackId(): string {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal)
    .map((entry) => entry.mac);
  return [hostname(), ...new Set(addresses)].sort().join('\n');
}
