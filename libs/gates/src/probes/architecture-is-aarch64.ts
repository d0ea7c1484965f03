import { gb10Profiles, type Probe } from '../probe.ts';

export const architectureIsAarch64: Probe = {
  id: 'architecture-is-aarch64',
  gates: ['m0'],
  profiles: gb10Profiles,
  motivation: 'A DGX Spark has ARM cores; what was measured on another architecture was measured on another machine.',
  method: 'Both the fingerprint (arm64) and the processor’s description (aarch64) in the host-baseline record say so.',
  otherwise: 'No record: missing. Another architecture: unmet.',
  ask({ hostBaselines }) {
    const [baseline] = hostBaselines;
    if (baseline === undefined)
      return [{ outcome: 'missing', message: 'there is no host-baseline record', workstream: 'foundation' }];
    const { host, payload } = baseline.record;
    const described = payload.baseline.cpu.architecture;
    return [
      {
        outcome: host.arch === 'arm64' && described === 'aarch64' ? 'met' : 'unmet',
        message: `fingerprint says ${host.arch}, processor ${described ?? 'unknown'}`,
        value: host.arch,
        threshold: 'arm64',
        workstream: 'foundation',
        recordIds: [baseline.record.id],
        file: baseline.path,
      },
    ];
  },
};
