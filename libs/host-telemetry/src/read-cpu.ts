import { availableParallelism, cpus, machine } from 'node:os';
import { parseCpuinfo } from './parse-cpuinfo.ts';
import { readTextFile } from './read-text-file.ts';

/** The processor of this host. */
export interface CpuReading {
  /** Marketing or core name, such as `Cortex-X925`; `unknown` when the system gives none. */
  readonly model: string;
  readonly vendor: string | null;
  /** As `uname -m` prints it: `aarch64`, `x86_64`. */
  readonly architecture: string;
  /** Physical cores, or null where the system does not tell. */
  readonly cores: number | null;
  /** Logical processors of the host. */
  readonly threads: number;
  /** Logical processors that this process may use (affinity, container limits). */
  readonly usableThreads: number;
  /** Frequency range of the first core in MHz; null where no frequency driver is loaded (virtual machines). */
  readonly frequencyMhz: { readonly min: number | null; readonly max: number | null };
}

/** Reads processor model, counts and frequency range from the kernel; values this host does not give are null. */
export async function readCpu(): Promise<CpuReading> {
  const [table, minText, maxText] = await Promise.all([
    readTextFile('/proc/cpuinfo'),
    readTextFile('/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq'),
    readTextFile('/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq'),
  ]);
  const parsed = parseCpuinfo(table ?? '');
  const listed = cpus();
  return {
    model: parsed.model ?? (listed[0]?.model.trim() || 'unknown'),
    vendor: parsed.vendor,
    architecture: machine(),
    cores: parsed.cores,
    threads: Math.max(1, parsed.threads, listed.length),
    usableThreads: availableParallelism(),
    frequencyMhz: { min: megahertz(minText), max: megahertz(maxText) },
  };
}

function megahertz(kilohertzText: string | null): number | null {
  const text = kilohertzText?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Math.round(Number(text) / 1000) : null;
}
