import { everyProfile, type Probe } from '../probe.ts';

export const hostWasMeasured: Probe = {
  id: 'host-was-measured',
  gates: ['m0'],
  profiles: everyProfile,
  motivation: 'Every later figure is a figure of some machine; without its description none can be compared.',
  method: 'There is one host-baseline record, and processor, number of cores and memory size in it are known.',
  otherwise: 'No record: missing. A record without these fields: unmet.',
  ask({ hostBaselines }) {
    const [baseline] = hostBaselines;
    if (baseline === undefined)
      return [{ outcome: 'missing', message: 'there is no host-baseline record', workstream: 'foundation' }];
    const { cpu, memory } = baseline.record.payload.baseline;
    const known = Boolean(cpu.model) && Boolean(cpu.cores) && Boolean(memory.total_gb);
    return [
      {
        outcome: known ? 'met' : 'unmet',
        message: `processor ${cpu.model ?? 'unknown'}, ${cpu.cores ?? 'unknown'} cores, memory ${memory.total_gb ?? 'unknown'} GB`,
        workstream: 'foundation',
        recordIds: [baseline.record.id],
        file: baseline.path,
      },
    ];
  },
};
