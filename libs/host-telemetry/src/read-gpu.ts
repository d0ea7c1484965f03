import { execFile } from 'node:child_process';
import { gpuQueryFields, parseCudaVersion, parseNvidiaSmi } from './parse-nvidia-smi.ts';
import type { GpuQueryField, GpuRow } from './parse-nvidia-smi.ts';

/** One GPU, as its driver describes it. Values that the driver does not give are null. */
export interface Gpu {
  readonly name: string | null;
  readonly driverVersion: string | null;
  /** Such as `12.1`. */
  readonly computeCapability: string | null;
  /** Dedicated memory; null on unified-memory chips, whose driver answers `[N/A]`. */
  readonly memoryTotalBytes: number | null;
  readonly utilizationPercent: number | null;
  readonly temperatureC: number | null;
  readonly powerW: number | null;
  readonly smClockMhz: number | null;
}

/** What `nvidia-smi` said: GPUs, or why there is no reading. */
export type GpuReading =
  | {
      readonly status: 'present';
      readonly gpus: readonly Gpu[];
      /** Highest CUDA version the driver serves, such as `13.0`. */
      readonly cudaVersion: string | null;
      /** Whether CPU and GPU share one memory; null when the driver's answer does not tell. */
      readonly unifiedMemory: boolean | null;
    }
  | { readonly status: 'absent'; readonly reason: string };

/** Limits of {@link readGpu}. */
export interface ReadGpuOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for one `nvidia-smi` call, in ms; 5000 by default. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Asks `nvidia-smi` (found on PATH) about the GPUs of this host. A host without the program, without a GPU or with
 * an answer that cannot be trusted gives `absent` and the reason; it never throws except when `signal` aborts.
 */
export async function readGpu(options: ReadGpuOptions = {}): Promise<GpuReading> {
  const call = (args: readonly string[]) => runNvidiaSmi(args, options);
  const [table, version] = await Promise.all([queryAllFields(call), call(['--version'])]);
  options.signal?.throwIfAborted();
  if (table.status !== 'parsed') return { status: 'absent', reason: table.reason };
  const gpus = table.rows.map(describe);
  const cudaVersion = version.status === 'answered' ? parseCudaVersion(version.stdout) : null;
  return { status: 'present', gpus, cudaVersion, unifiedMemory: sharesMemory(gpus) };
}

/** `final`: asking again with fewer fields cannot help (no program, no answer in time). */
interface Refusal {
  readonly status: 'refused';
  readonly reason: string;
  readonly final: boolean;
}
type Answer = { readonly status: 'answered'; readonly stdout: string } | Refusal;
type Call = (args: readonly string[]) => Promise<Answer>;
type Rows = { readonly status: 'parsed'; readonly rows: readonly GpuRow[] } | Refusal;

/** One unknown field makes the whole query fail on other driver versions: then each field is asked by itself. */
async function queryAllFields(call: Call): Promise<Rows> {
  const whole = await query(call, gpuQueryFields);
  if (whole.status === 'parsed' || whole.final) return whole;
  let rows: GpuRow[] = [];
  for (const field of gpuQueryFields) {
    const one = await query(call, [field]);
    if (one.status !== 'parsed') continue;
    rows = one.rows.map((row, index) => ({ ...(rows[index] ?? row), [field]: row[field] }));
  }
  return rows.length === 0 ? whole : { status: 'parsed', rows };
}

async function query(call: Call, fields: readonly GpuQueryField[]): Promise<Rows> {
  const answer = await call([`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits']);
  if (answer.status === 'refused') return answer;
  const table = parseNvidiaSmi(answer.stdout, fields);
  return table.status === 'parsed' ? table : refusal(table.reason);
}

function runNvidiaSmi(args: readonly string[], options: ReadGpuOptions): Promise<Answer> {
  const timeout = options.timeoutMs ?? 5_000;
  const limits = { timeout, maxBuffer: 64 * 1024, killSignal: 'SIGKILL' as const, windowsHide: true };
  return new Promise((resolve) => {
    execFile(
      'nvidia-smi',
      [...args],
      { ...limits, ...(options.signal && { signal: options.signal }) },
      (error, stdout) => {
        if (error === null) resolve({ status: 'answered', stdout });
        else if (error.code === 'ENOENT') resolve(refusal('nvidia-smi was not found on PATH', true));
        else if (error.killed === true) resolve(refusal(`nvidia-smi gave no answer within ${timeout} ms`, true));
        else resolve(refusal(`nvidia-smi failed with ${String(error.code)}: ${stdout.trim().slice(0, 120)}`));
      },
    );
  });
}

function refusal(reason: string, final = false): Refusal {
  return { status: 'refused', reason, final };
}

function describe(row: GpuRow): Gpu {
  const memoryMebibytes = numberOrNull(row['memory.total']);
  return {
    name: row.name,
    driverVersion: row.driver_version,
    computeCapability: row.compute_cap,
    memoryTotalBytes: memoryMebibytes === null ? null : memoryMebibytes * 1024 * 1024,
    utilizationPercent: numberOrNull(row['utilization.gpu']),
    temperatureC: numberOrNull(row['temperature.gpu']),
    powerW: numberOrNull(row['power.draw']),
    smClockMhz: numberOrNull(row['clocks.sm']),
  };
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** GB10 is the unified-memory chip this project knows by name; a GPU with memory of its own is not one. */
function sharesMemory(gpus: readonly Gpu[]): boolean | null {
  const first = gpus[0];
  if (first?.name !== null && first?.name !== undefined && /\bGB10\b/.test(first.name)) return true;
  return first?.memoryTotalBytes == null ? null : false;
}
