import { type RecordDraft, sha256Hex } from '@dgx-pixels/evidence';

/** Payload of a dataset check. */
export type DatasetCheckPayload = RecordDraft<'datasetCheck'>['payload'];

/** Two sound datasets of fifty pictures. */
export function datasetCheckPayload(): DatasetCheckPayload {
  const dataset = (name: string): DatasetCheckPayload['datasets'][number] => ({
    name,
    path: `bench/datasets/${name}`,
    manifestSha256: sha256Hex(name),
    pictures: 50,
    derived: 10,
    heldOut: 10,
    paletteColours: 4,
    licences: [{ spdx: 'CC0-1.0', pictures: 60 }],
    captioned: 60,
    pairsAcrossSplit: 0,
    sharedWithModel: 0,
    faults: [{ kind: 'alpha-partial', path: 'a.png', message: '3 pixels' }],
    refused: 0,
  });
  return {
    datasets: [dataset('first'), dataset('second')],
    modelSprites: 900,
    captioning: { captioner: 'words 1', pictures: 100, durationMs: 800, again: { computed: 0, durationMs: 90 } },
    augmentation: { operations: [{ operation: 'flip-horizontal', outputs: 20, inverted: 20 }], refused: ['blur'] },
    missing: {},
  };
}
