/** What `/proc/cpuinfo` says about the processor. */
export interface Cpuinfo {
  readonly model: string | null;
  readonly vendor: string | null;
  /** Physical cores, or null where the table does not tell cores from threads. */
  readonly cores: number | null;
  /** Logical processors listed; 0 for an empty table. */
  readonly threads: number;
}

/** Arm part numbers that this project meets (implementer 0x41), as Arm's technical reference manuals list them. */
const armParts: Readonly<Record<string, string>> = {
  '0xd08': 'Cortex-A72',
  '0xd0b': 'Cortex-A76',
  '0xd0c': 'Neoverse-N1',
  '0xd40': 'Neoverse-V1',
  '0xd49': 'Neoverse-N2',
  '0xd4f': 'Neoverse-V2',
  '0xd85': 'Cortex-X925',
  '0xd87': 'Cortex-A725',
};

/**
 * Parses the text of `/proc/cpuinfo` of x86-64 and arm64 kernels. Arm tables carry part numbers instead of names;
 * in a chip of several core kinds the one with the highest part number (the largest core of its family) names it.
 */
export function parseCpuinfo(text: string): Cpuinfo {
  const blocks = text
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('processor'));
  const first = blocks[0];
  return {
    model: first?.get('model name') ?? armModel(blocks),
    vendor: first?.get('vendor_id') ?? (first?.get('CPU implementer') === '0x41' ? 'ARM' : null),
    cores: physicalCores(blocks),
    threads: blocks.length,
  };
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const value = line.slice(colon + 1).trim();
    if (value !== '') fields.set(line.slice(0, colon).trim(), value);
  }
  return fields;
}

function armModel(blocks: readonly Map<string, string>[]): string | null {
  const parts = blocks
    .filter((fields) => fields.get('CPU implementer') === '0x41')
    .map((fields) => fields.get('CPU part') ?? '')
    .filter((part) => part in armParts)
    .sort((a, b) => (armSize(b) === armSize(a) ? Number(b) - Number(a) : armSize(b) - armSize(a)));
  const largest = parts[0];
  return largest === undefined ? null : (armParts[largest] ?? null);
}

/** Cortex-X cores are the large ones beside Cortex-A. */
function armSize(part: string): number {
  return armParts[part]?.includes('-X') === true ? 1 : 0;
}

function physicalCores(blocks: readonly Map<string, string>[]): number | null {
  const cores = new Set<string>();
  for (const fields of blocks) {
    // Arm cores have no simultaneous multithreading: each listed processor is a core.
    if (fields.has('CPU part')) cores.add(`processor ${fields.get('processor') ?? ''}`);
    const core = fields.get('core id');
    if (core !== undefined) cores.add(`${fields.get('physical id') ?? '0'}:${core}`);
  }
  return cores.size === 0 ? null : cores.size;
}
