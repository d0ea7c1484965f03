import { everyProfile, type Probe } from '../probe.ts';

/** The mission's number of pictures. */
const pictures = 100;

export const captioningWithinLimit: Probe = {
  id: 'captioning-within-limit',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'The mission asks for 100 captions in five minutes, and nobody wants to pay for them twice.',
  method:
    'At least 100 pictures were captioned afresh; the time for 100 of them is within the limit; the same command once more computed nothing.',
  otherwise: 'No record, or fewer pictures: missing. Over the limit, or anything computed twice: unmet.',
  ask({ datasetChecks, policyFile }) {
    const limit = policyFile.policy.dataset.maxCaptioningSeconds;
    const about = { threshold: limit, unit: 's', workstream: 'ws-07' as const };
    if (datasetChecks.length === 0) {
      return [{ outcome: 'missing', message: 'no record says how long captioning takes', ...about }];
    }
    return datasetChecks.map(({ path, record }) => {
      const { captioning } = record.payload;
      const seconds = (captioning.durationMs / 1000 / Math.max(1, captioning.pictures)) * pictures;
      const source = { ...about, value: seconds, recordIds: [record.id], file: path };
      if (captioning.pictures < pictures) {
        return { outcome: 'missing', message: `only ${captioning.pictures} pictures were captioned`, ...source };
      }
      const message = `${seconds.toFixed(2)} s for 100 captions (${captioning.captioner}), ${captioning.again.computed} computed again`;
      return { outcome: seconds <= limit && captioning.again.computed === 0 ? 'met' : 'unmet', message, ...source };
    });
  },
};
