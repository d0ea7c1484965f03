/** The fields asked of `nvidia-smi`, in column order: those that a GB10 answers, and memory.total, which it does not. */
export const gpuQueryFields = [
  'name',
  'driver_version',
  'compute_cap',
  'memory.total',
  'utilization.gpu',
  'temperature.gpu',
  'power.draw',
  'clocks.sm',
] as const;

/** One field of {@link gpuQueryFields}. */
export type GpuQueryField = (typeof gpuQueryFields)[number];

/** One row of the answer: a value per field, null where the driver has none. */
export type GpuRow = Readonly<Record<GpuQueryField, string | null>>;

/** A parsed answer, or what is wrong with it. */
export type GpuTable =
  | { readonly status: 'parsed'; readonly rows: readonly GpuRow[] }
  | { readonly status: 'malformed'; readonly reason: string };

const absentMarks = new Set([
  '',
  'N/A',
  '[N/A]',
  '[Not Supported]',
  'Not Supported',
  '[Unknown Error]',
  '[GPU requires reset]',
]);

/**
 * Parses `nvidia-smi --query-gpu=<fields> --format=csv,noheader,nounits` strictly: each line must have as many
 * columns as fields were asked, numeric fields must be plain decimals. Marks such as `[N/A]` become null, never 0.
 */
export function parseNvidiaSmi(text: string, fields: readonly GpuQueryField[] = gpuQueryFields): GpuTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return { status: 'malformed', reason: 'nvidia-smi listed no GPU' };
  const rows: GpuRow[] = [];
  for (const [index, line] of lines.entries()) {
    const columns = line.split(',').map((column) => column.trim());
    if (columns.length !== fields.length) {
      const counts = `${columns.length} columns instead of ${fields.length}`;
      return { status: 'malformed', reason: `line ${index + 1} of nvidia-smi has ${counts}` };
    }
    const row: Record<GpuQueryField, string | null> = { ...emptyRow };
    for (const [column, field] of fields.entries()) {
      const value = columns[column] ?? '';
      if (absentMarks.has(value)) continue;
      if (!fieldPatterns[field].test(value)) {
        return {
          status: 'malformed',
          reason: `line ${index + 1} of nvidia-smi has ${field} = "${value.slice(0, 40)}"`,
        };
      }
      row[field] = value;
    }
    rows.push(row);
  }
  return { status: 'parsed', rows };
}

/** `13.0` out of `nvidia-smi --version` or the banner of plain `nvidia-smi`; null when neither line is there. */
export function parseCudaVersion(text: string): string | null {
  return /CUDA (?:UMD )?Version\s*:\s*(\d{1,2}\.\d{1,2})\b/i.exec(text)?.[1] ?? null;
}

const decimal = /^\d{1,9}(\.\d{1,6})?$/;
const fieldPatterns: Readonly<Record<GpuQueryField, RegExp>> = {
  name: /^[\x20-\x7e]{1,100}$/,
  driver_version: /^\d{1,4}(\.\d{1,4}){1,3}$/,
  compute_cap: /^\d{1,2}\.\d{1,2}$/,
  'memory.total': decimal,
  'utilization.gpu': decimal,
  'temperature.gpu': decimal,
  'power.draw': decimal,
  'clocks.sm': decimal,
};
const emptyRow: GpuRow = {
  name: null,
  driver_version: null,
  compute_cap: null,
  'memory.total': null,
  'utilization.gpu': null,
  'temperature.gpu': null,
  'power.draw': null,
  'clocks.sm': null,
};
