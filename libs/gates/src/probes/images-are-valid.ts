import type { FiledBenchmark, GateFacts } from '../facts/gate-facts.ts';
import { pngSize } from '../png-size.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

/** Path of a kept image that is not a PNG file of the size in its row; null if all are. */
function findWrongFile({ rows }: FiledBenchmark, facts: GateFacts): string | null {
  const folder = facts.workstreams.find(({ workstream }) => workstream === 'ws-05');
  for (const image of rows.flatMap(({ images }) => images)) {
    if (image.path === null) continue;
    const path = `${folder?.directory ?? ''}/${image.path}`;
    const bytes = folder?.artifacts.get(path);
    const size = bytes === undefined ? null : pngSize(bytes);
    if (size?.width !== image.width || size.height !== image.height) return path;
  }
  return null;
}

export const imagesAreValid: Probe = {
  id: 'images-are-valid',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A fast server that returns nothing, one colour, or the same picture again has not generated.',
  method:
    'Over all samples of a scenario: as many images as runs × batch size, all of the asked size, none of one colour, no pixels twice, at least one kept, and each kept file a PNG of its recorded size.',
  otherwise: 'Any image that is not so: unmet.',
  ask: (facts) =>
    askEachLimit(facts, facts.policyFile.policy.limits, (benchmark) => {
      const { rows, record } = benchmark;
      const { imageChecks: checks, scenario } = record.payload;
      const short = rows.filter(({ images }) => images.length !== scenario.batchSize).length;
      const kept = rows.flatMap(({ images }) => images).filter(({ path }) => path !== null).length;
      const wrongFile = findWrongFile(benchmark, facts);
      const bad = checks.wrongSize + checks.blank + checks.repeated + short;
      const sound = bad === 0 && kept > 0 && wrongFile === null && checks.images === rows.length * scenario.batchSize;
      return {
        outcome: sound && rows.length > 0 ? 'met' : 'unmet',
        message:
          wrongFile === null
            ? `${checks.images} images, ${kept} kept; wrong size ${checks.wrongSize}, one colour ${checks.blank}, repeated ${checks.repeated}, runs with another number of images ${short}`
            : `${wrongFile} is not the PNG file that was recorded`,
        value: checks.images,
        threshold: rows.length * scenario.batchSize,
        unit: 'images',
        ...(wrongFile === null ? {} : { file: wrongFile }),
      };
    }),
};
