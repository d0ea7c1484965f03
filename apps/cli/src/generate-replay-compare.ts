import { type ParameterValues, readParameterValues, workflowFingerprint } from '@dgx-pixels/comfy-client';
import { type EngineHandle, fillTemplate, type LoadedTemplate, type ReceivedPicture } from '@dgx-pixels/comfy-host';
import type { Raster } from '@dgx-pixels/pixel-art';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { ReplaySource } from './generate-replay-source.ts';

/** Something that is not as it was. */
export interface Difference {
  readonly what: 'engine' | 'engine version' | 'model' | 'template' | 'parameters' | 'pictures';
  readonly then: string;
  readonly now: string;
}

/** What the replay made. */
export interface ReplayedPictures {
  readonly received: readonly ReceivedPicture[];
  readonly finished: readonly Raster[];
  readonly sheet: Raster | null;
}

/** What is known of the engine of then, compared with the one of now. Models are compared where both tell of them. */
export function compareEngines({ engine: then }: ReplaySource, now: EngineHandle): readonly Difference[] {
  if (then === null) return [];
  const models = [then.modelSha256.toSorted().join(), [...now.modelSha256].sort().join()] as const;
  const pairs = [
    ['engine', then.kind, now.kind],
    ['engine version', then.version, now.version],
    ...(models.includes('') ? [] : [['model', ...models] as const]),
  ] as const;
  return pairs.flatMap(([what, before, after]) => (before === after ? [] : [{ what, then: before, now: after }]));
}

/** Whether the template of today still makes the graph of then out of its parameters. */
export function compareTemplate(
  { graph, parameters }: ReplaySource,
  loaded: LoadedTemplate | null,
): readonly Difference[] {
  if (parameters === null || loaded === null) return [];
  let values: ParameterValues;
  try {
    values = readParameterValues(loaded.template.parameters, parameters);
  } catch (error) {
    const now = error instanceof Error ? error.message : String(error);
    return [{ what: 'parameters', then: Object.keys(parameters).join(', '), now }];
  }
  const [then, now] = [workflowFingerprint(graph), workflowFingerprint(fillTemplate(loaded, values).graph)];
  return then === now ? [] : [{ what: 'template', then, now: `${now} (the graph of then was run)` }];
}

/** Whether the pictures of then came again, pixel by pixel. */
export function comparePictures({ pictures }: ReplaySource, made: ReplayedPictures): readonly Difference[] {
  if (pictures.kind === 'record') {
    const received = made.received.map(({ pixelsSha256 }) => pixelsSha256);
    const finished = made.finished.map(({ rgba }) => sha256Hex(rgba));
    return [
      ...compareLists('as received', pictures.receivedSha256, received),
      ...compareLists('as finished', pictures.finishedSha256, finished),
    ];
  }
  if (pictures.kind === 'finished') {
    const { which, raster } = pictures;
    const candidate = which === 'sheet' ? made.sheet : (made.finished[which - 1] ?? null);
    return compareRasters(which === 'sheet' ? 'the sheet' : `picture ${which}`, raster, candidate);
  }
  // A server's file does not say which of its run's pictures it is: any equal one will do.
  const faults = made.received.map(({ raster }) => compareRasters('the picture', pictures.raster, raster));
  return (
    faults.find((fault) => fault.length === 0) ?? faults[0] ?? compareRasters('the picture', pictures.raster, null)
  );
}

function compareLists(what: string, then: readonly string[], now: readonly string[]): readonly Difference[] {
  const same = then.filter((hash, index) => hash === now[index]).length;
  if (same === then.length && then.length === now.length) return [];
  return [{ what: 'pictures', then: `${then.length} ${what}`, now: `${now.length}, ${same} of them equal` }];
}

function compareRasters(name: string, then: Raster, now: Raster | null): readonly Difference[] {
  const size = ({ width, height }: Raster): string => `${name} of ${width} × ${height}`;
  if (now === null) return [{ what: 'pictures', then: size(then), now: 'there is none' }];
  if (now.width !== then.width || now.height !== then.height) {
    return [{ what: 'pictures', then: size(then), now: `${now.width} × ${now.height}` }];
  }
  const [different, largest] = differenceOf(then, now);
  if (different === 0) return [];
  const all = then.width * then.height;
  return [
    { what: 'pictures', then: size(then), now: `${different} of ${all} pixels differ, by up to ${largest} of 255` },
  ];
}

/** Number of pixels that differ, and the largest difference of a channel. */
function differenceOf(one: Raster, other: Raster): readonly [pixels: number, largest: number] {
  let [pixels, largest] = [0, 0];
  for (let at = 0; at < one.rgba.length; at += 4) {
    const gaps = [0, 1, 2, 3].map((channel) =>
      Math.abs((one.rgba[at + channel] ?? 0) - (other.rgba[at + channel] ?? 0)),
    );
    const gap = Math.max(...gaps);
    if (gap > 0) pixels++;
    largest = Math.max(largest, gap);
  }
  return [pixels, largest];
}
