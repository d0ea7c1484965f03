/** Figures of the kernel's memory table, in bytes; a row that is absent or malformed is null. */
export interface Meminfo {
  readonly totalBytes: number | null;
  readonly availableBytes: number | null;
  readonly swapFreeBytes: number | null;
}

/** Parses the text of `/proc/meminfo` (rows `Name: <n> kB`, where kB is 1024 bytes: Linux, filesystems/proc). */
export function parseMeminfo(text: string): Meminfo {
  return {
    totalBytes: rowBytes(text, 'MemTotal'),
    availableBytes: rowBytes(text, 'MemAvailable'),
    swapFreeBytes: rowBytes(text, 'SwapFree'),
  };
}

function rowBytes(text: string, name: string): number | null {
  const match = new RegExp(`^${name}:[ \\t]+(\\d{1,12}) kB$`, 'm').exec(text);
  return match?.[1] === undefined ? null : Number(match[1]) * 1024;
}
