import { sha256Hex, type SampleRow } from '@dgx-pixels/evidence';
import { pngFile } from './png-file.ts';

/** Shape of a scenario for tests. */
export interface TestScenario {
  readonly name: string;
  readonly side: number;
  readonly batchSize: number;
  readonly runs: number;
  /** Latency of each run, milliseconds. */
  readonly clientMs: (index: number) => number;
}

const steady = (ms: number) => (index: number) => ms + (index % 5);

/** Scenarios that satisfy the embedded policy. */
export const embeddedScenarios: readonly TestScenario[] = [
  { name: '128-single', side: 128, batchSize: 1, runs: 30, clientMs: steady(300) },
  { name: '128-batch8', side: 128, batchSize: 8, runs: 10, clientMs: steady(1200) },
  { name: '256-single', side: 256, batchSize: 1, runs: 30, clientMs: steady(600) },
  { name: '256-batch8', side: 256, batchSize: 8, runs: 10, clientMs: steady(3600) },
];

/** Rows of a scenario and the one image of it that is kept. */
export function soundSamples(scenario: TestScenario): { rows: SampleRow[]; image: { path: string; data: Buffer } } {
  const { name, side, batchSize } = scenario;
  const image = { path: `${name}/0000-0.png`, data: pngFile(side, side, side * 100 + batchSize) };
  const rows = Array.from({ length: scenario.runs }, (_, index) => {
    const clientMs = scenario.clientMs(index);
    return {
      index,
      seed: String(5000 + index),
      promptId: `${name}-${index}`,
      prompt: 'a red bird',
      startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
      clientMs,
      serverMs: clientMs - 2,
      nodeMs: { '5': clientMs - 10 },
      cachedNodes: ['1', '3', '4'],
      images: Array.from({ length: batchSize }, (_unused, position) => {
        const kept = index === 0 && position === 0;
        return {
          sha256: kept ? sha256Hex(image.data) : sha256Hex(`png ${name} ${index} ${position}`),
          pixelsSha256: sha256Hex(`pixels ${name} ${index} ${position}`),
          width: side,
          height: side,
          blank: false,
          path: kept ? image.path : null,
        };
      }),
      failure: null,
    };
  });
  return { rows, image };
}
