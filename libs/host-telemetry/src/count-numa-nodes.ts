import { readdir } from 'node:fs/promises';

/** Number of NUMA nodes, or null where the kernel does not list them. */
export async function countNumaNodes(): Promise<number | null> {
  const entries = await readdir('/sys/devices/system/node').catch(() => []);
  const nodes = entries.filter((entry) => /^node\d+$/.test(entry)).length;
  return nodes === 0 ? null : nodes;
}
