import { gb10Profiles, type Probe } from '../probe.ts';
import { describeMachine, isOnGb10 } from './on-gb10.ts';

export const sdxlFp16Loads: Probe = {
  id: 'sdxl-fp16-loads',
  gates: ['m1'],
  profiles: gb10Profiles,
  motivation: 'The mission: the SDXL base model loads in FP16 on a DGX Spark.',
  method: 'Every benchmark record was measured on a GB10 with dtype float16, and its runs gave images of 1024 × 1024.',
  otherwise: 'No record: missing. Another dtype, machine or size: unmet.',
  ask({ benchmarks }) {
    if (benchmarks.length === 0)
      return [{ outcome: 'missing', message: 'there is no benchmark record', workstream: 'ws-05' }];
    const wrong = benchmarks.find((benchmark) => {
      const { dtype, width, height } = benchmark.record.payload.scenario;
      return !isOnGb10(benchmark) || dtype !== 'float16' || width !== 1024 || height !== 1024;
    });
    const shown = wrong ?? benchmarks[0];
    const scenario = shown?.record.payload.scenario;
    return [
      {
        outcome: wrong === undefined ? 'met' : 'unmet',
        message: `${scenario?.checkpoint ?? ''} as ${scenario?.dtype ?? ''} at ${scenario?.width ?? 0} × ${scenario?.height ?? 0}, ${shown === undefined ? '' : describeMachine(shown)}`,
        value: scenario?.dtype ?? null,
        threshold: 'float16',
        workstream: 'ws-05',
        recordIds: benchmarks.map(({ record }) => record.id),
        file: shown?.path ?? null,
      },
    ];
  },
};
