import type { BenchmarkPayload, BenchmarkScenario, ImageChecks } from './kinds/benchmark.ts';
import type { SampleRow } from './kinds/sample-row.ts';
import { summarise } from './statistics/summarise.ts';

/** The numbers of a benchmark payload that follow from its sample rows. */
export type DerivedBenchmark = Pick<BenchmarkPayload, 'latencyMs' | 'msPerImage' | 'imagesPerMinute' | 'imageChecks'>;

function checkImages(
  rows: readonly SampleRow[],
  scenario: Pick<BenchmarkScenario, 'width' | 'height'>,
  mustRunNodes: readonly string[],
): ImageChecks {
  const images = rows.flatMap((row) => row.images);
  return {
    images: images.length,
    wrongSize: images.filter((image) => image.width !== scenario.width || image.height !== scenario.height).length,
    blank: images.filter((image) => image.blank).length,
    repeated: images.length - new Set(images.map((image) => image.pixelsSha256)).size,
    cachedRuns: rows.filter((row) => row.cachedNodes.some((node) => mustRunNodes.includes(node))).length,
  };
}

/**
 * Computes every derived number of a benchmark from its samples. Writer and judge call this same function.
 *
 * @param rows - all measured runs, at least one
 * @param mustRunNodes - ids of the nodes that may not come from the server's cache
 * @throws EvidenceError EVIDENCE_NO_SAMPLES without rows
 */
export function deriveBenchmark(
  rows: readonly SampleRow[],
  scenario: Pick<BenchmarkScenario, 'batchSize' | 'width' | 'height'>,
  mustRunNodes: readonly string[],
): DerivedBenchmark {
  const clientMs = rows.map((row) => row.clientMs);
  return {
    latencyMs: summarise(clientMs),
    msPerImage: summarise(clientMs.map((ms) => ms / scenario.batchSize)),
    imagesPerMinute: summarise(clientMs.map((ms) => (60_000 * scenario.batchSize) / ms)),
    imageChecks: checkImages(rows, scenario, mustRunNodes),
  };
}
