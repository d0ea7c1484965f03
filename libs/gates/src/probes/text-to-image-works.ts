import { counted } from '../counted.ts';
import { pngSize } from '../png-size.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const textToImageWorks: Probe = {
  id: 'text-to-image-works',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A server that answers need not generate: one picture from a text is the smallest proof.',
  method:
    'The engine-check record holds a text-to-image run, and its images lie beside it as PNG files of the recorded size.',
  otherwise: 'No run: missing. An image that is absent, changed, not PNG or of another size: unmet.',
  ask({ engineChecks, workstreams }) {
    const [check] = engineChecks;
    const run = check?.record.payload.textToImage ?? null;
    if (check === undefined || run === null) {
      const message = check?.record.payload.missing.textToImage ?? 'there is no text-to-image run';
      return [{ outcome: 'missing', message, workstream: 'ws-04', file: check?.path ?? null }];
    }
    const facts = workstreams.find(({ workstream }) => workstream === 'ws-04');
    const wrong = run.images.filter((image) => {
      const bytes = facts?.artifacts.get(`${facts.directory}/${image.path}`);
      const size = bytes === undefined ? null : pngSize(bytes);
      const kept = check.record.artifacts.some(({ path, sha256 }) => path === image.path && sha256 === image.sha256);
      return !kept || size?.width !== image.width || size.height !== image.height || bytes?.length !== image.bytes;
    });
    const [first] = wrong;
    return [
      {
        outcome: wrong.length === 0 ? 'met' : 'unmet',
        message:
          first === undefined
            ? `${counted(run.images.length, 'image')} in ${(run.clientMs / 1000).toFixed(2)} s`
            : `${first.path} is not the recorded PNG image of ${first.width} × ${first.height}`,
        value: run.clientMs,
        unit: 'ms',
        workstream: 'ws-04',
        recordIds: [check.record.id],
        file: first === undefined ? check.path : `${facts?.directory ?? ''}/${first.path}`,
      },
    ];
  },
};
