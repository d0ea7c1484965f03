import { gb10Profiles, type Probe } from '../probe.ts';

export const cuda13IsPresent: Probe = {
  id: 'cuda-13-is-present',
  gates: ['m0'],
  profiles: gb10Profiles,
  motivation:
    'The GPU of a DGX Spark (compute capability 12.1) needs CUDA 13; builds for older versions run without its kernels.',
  method: 'The host-baseline record names a CUDA version of 13 or later.',
  otherwise: 'No version in the record: missing. An older one: unmet.',
  ask({ hostBaselines }) {
    const [baseline] = hostBaselines;
    const version = baseline?.record.payload.cudaVersion ?? null;
    const about = {
      workstream: 'foundation' as const,
      file: baseline?.path ?? null,
      threshold: '13',
      unit: 'CUDA version',
    };
    if (baseline === undefined || version === null) {
      const message = baseline?.record.payload.missing.cudaVersion ?? 'no CUDA version is recorded';
      return [{ outcome: 'missing', message, ...about }];
    }
    const major = Number.parseInt(version, 10);
    return [
      {
        outcome: major >= 13 ? 'met' : 'unmet',
        message: `CUDA ${version}`,
        value: version,
        recordIds: [baseline.record.id],
        ...about,
      },
    ];
  },
};
