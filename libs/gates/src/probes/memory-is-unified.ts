import { gb10Profiles, type Probe } from '../probe.ts';

/** A DGX Spark has 128 GB, of which the system shows about 119 GiB. */
const minMemoryBytes = 115 * 2 ** 30;

export const memoryIsUnified: Probe = {
  id: 'memory-is-unified',
  gates: ['m0'],
  profiles: gb10Profiles,
  motivation:
    'The mission plans with 128 GB that processor and GPU have in common; separate memories have other limits.',
  method: 'The host-baseline record says that the memory is unified, and its size is at least 115 GiB.',
  otherwise: 'Not recorded: missing. Separate or smaller memory: unmet.',
  ask({ hostBaselines }) {
    const [baseline] = hostBaselines;
    const unified = baseline?.record.payload.unifiedMemory ?? null;
    const about = {
      workstream: 'foundation' as const,
      file: baseline?.path ?? null,
      unit: 'bytes',
      threshold: minMemoryBytes,
    };
    if (baseline === undefined || unified === null) {
      const message = baseline?.record.payload.missing.unifiedMemory ?? 'there is no host-baseline record';
      return [{ outcome: 'missing', message, ...about }];
    }
    const total = baseline.record.host.memoryTotalBytes;
    return [
      {
        outcome: unified && total >= minMemoryBytes ? 'met' : 'unmet',
        message: `${unified ? 'unified' : 'separate'} memory of ${(total / 2 ** 30).toFixed(1)} GiB`,
        value: total,
        recordIds: [baseline.record.id],
        ...about,
      },
    ];
  },
};
