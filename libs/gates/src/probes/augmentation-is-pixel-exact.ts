import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const augmentationIsPixelExact: Probe = {
  id: 'augmentation-is-pixel-exact',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'An augmentation that blurs or rounds teaches the model pictures that nobody drew.',
  method: 'Every output of every augmentation was inverted to its source picture, bit for bit.',
  otherwise: 'No record, or an operation without outputs: missing. An output that does not invert: unmet.',
  ask({ datasetChecks }) {
    if (datasetChecks.length === 0) {
      return [{ outcome: 'missing', message: 'no record says what augmentation does', workstream: 'ws-07' }];
    }
    return datasetChecks.map(({ path, record }) => {
      const { operations } = record.payload.augmentation;
      const outputs = operations.reduce((sum, { outputs: count }) => sum + count, 0);
      const inverted = operations.reduce((sum, { inverted: count }) => sum + count, 0);
      const idle = operations.length === 0 || operations.some(({ outputs: count }) => count === 0);
      return {
        outcome: idle ? 'missing' : inverted === outputs ? 'met' : 'unmet',
        message: `${inverted} of ${counted(outputs, 'output')} of ${counted(operations.length, 'operation')} inverted bit for bit`,
        value: inverted,
        threshold: outputs,
        unit: 'outputs',
        workstream: 'ws-07',
        recordIds: [record.id],
        file: path,
      };
    });
  },
};
