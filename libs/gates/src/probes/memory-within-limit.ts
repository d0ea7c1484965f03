import { everyProfile, type Probe } from '../probe.ts';

export const memoryWithinLimit: Probe = {
  id: 'memory-within-limit',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'Exhausted unified memory can stall the whole machine; the mission allows 100 GB.',
  method:
    'The largest of peak resident set and drop of available memory, over all benchmark records, is at most the limit.',
  otherwise: 'A record with neither figure: missing. A figure above the limit: unmet.',
  ask({ benchmarks, policyFile }) {
    const limit = policyFile.policy.maxPeakMemoryBytes;
    const about = { workstream: 'ws-05' as const, threshold: limit, unit: 'bytes' };
    if (benchmarks.length === 0) return [{ outcome: 'missing', message: 'there is no benchmark record', ...about }];
    const peaks = benchmarks.map(({ path, record }) => {
      const { peakProcessBytes, availableDropBytes } = record.payload.memory;
      const known = peakProcessBytes !== null || availableDropBytes !== null;
      return { path, id: record.id, bytes: known ? Math.max(peakProcessBytes ?? 0, availableDropBytes ?? 0) : null };
    });
    const unknown = peaks.find(({ bytes }) => bytes === null);
    if (unknown !== undefined) {
      const message = 'the record has neither peak resident set nor drop of available memory';
      return [{ outcome: 'missing', message, file: unknown.path, recordIds: [unknown.id], ...about }];
    }
    const [largest] = [...peaks].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
    const bytes = largest?.bytes ?? Infinity;
    return [
      {
        outcome: bytes <= limit ? 'met' : 'unmet',
        message: `peak ${(bytes / 1e9).toFixed(2)} GB, limit ${(limit / 1e9).toFixed(2)} GB`,
        value: bytes,
        file: largest?.path ?? null,
        recordIds: largest === undefined ? [] : [largest.id],
        ...about,
      },
    ];
  },
};
