import { freemem, totalmem } from 'node:os';
import { parseMeminfo } from './parse-meminfo.ts';
import { readTextFile } from './read-text-file.ts';

/** Memory of this host, in bytes. */
export interface MemoryReading {
  readonly totalBytes: number;
  /** What can be allocated without swapping (`MemAvailable`); on other systems than Linux, free memory. */
  readonly availableBytes: number;
  readonly usedBytes: number;
  /** Null where the system does not say. */
  readonly swapFreeBytes: number | null;
}

/**
 * Reads total and available memory now. On a unified-memory chip this is also what the GPU can allocate: the
 * driver's own free figure counts page cache as used.
 */
export async function readMemory(): Promise<MemoryReading> {
  const table = parseMeminfo((await readTextFile('/proc/meminfo')) ?? '');
  const totalBytes = table.totalBytes ?? totalmem();
  const availableBytes = Math.min(table.availableBytes ?? freemem(), totalBytes);
  return { totalBytes, availableBytes, usedBytes: totalBytes - availableBytes, swapFreeBytes: table.swapFreeBytes };
}
