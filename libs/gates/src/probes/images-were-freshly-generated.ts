import type { SampleRow } from '@dgx-pixels/evidence';
import type { GateFacts } from '../facts/gate-facts.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

/** Classes whose result may not come from a cache: sampling, decoding and saving are the work. */
const workClass = /^(KSampler|SamplerCustom|VAEDecode|SaveImage|PreviewImage)/;

/** Ids of the work nodes in the template that a record names; null if the template is not the one that ran. */
function findWorkNodes({ workflows }: GateFacts, file: { path: string; sha256: string }): readonly string[] | null {
  const workflow = workflows.find(({ path, sha256 }) => path === file.path && sha256 === file.sha256);
  if (workflow?.classes === null || workflow === undefined) return null;
  return [...workflow.classes].filter(([, className]) => workClass.test(className)).map(([id]) => id);
}

/** Images of a record whose pixels also occur in another record. */
function countSeenElsewhere({ benchmarks }: GateFacts, id: string, rows: readonly SampleRow[]): number {
  const others = benchmarks.filter(({ record }) => record.id !== id).flatMap((benchmark) => benchmark.rows);
  const seen = new Set(others.flatMap(({ images }) => images.map(({ pixelsSha256 }) => pixelsSha256)));
  return rows.flatMap(({ images }) => images).filter(({ pixelsSha256 }) => seen.has(pixelsSha256)).length;
}

export const imagesWereFreshlyGenerated: Probe = {
  id: 'images-were-freshly-generated',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A repeated request is answered from the server’s cache in no time and looks like a speed-up.',
  method:
    'Every run has a seed of its own in the 32 bits that PyTorch’s CPU generator uses, no sampler, decode or save node of the template came from a cache, and no image was seen before, in this scenario or another.',
  otherwise: 'A cached node or a repeated seed: unmet. The template changed or has no such nodes: undecided.',
  ask: (facts) =>
    askEachLimit(facts, facts.policyFile.policy.limits, ({ rows, record, samplesPath }) => {
      const nodes = findWorkNodes(facts, record.payload.files.workflow);
      if (nodes === null || nodes.length === 0) {
        const { path } = record.payload.files.workflow;
        return { outcome: 'undecided', message: `${path} is not the template that ran`, file: path };
      }
      const cached = rows.filter(({ cachedNodes }) => cachedNodes.some((node) => nodes.includes(node))).length;
      const seeds = new Set(rows.map(({ seed }) => BigInt.asUintN(32, BigInt(seed)))).size;
      const elsewhere = countSeenElsewhere(facts, record.id, rows);
      const repeated = record.payload.imageChecks.repeated + elsewhere;
      const fresh = cached === 0 && seeds === rows.length && repeated === 0;
      return {
        outcome: fresh && rows.length > 0 ? 'met' : 'unmet',
        message: `${seeds} seeds in ${rows.length} runs, ${cached} runs with cached work, ${repeated} images seen before`,
        value: cached,
        threshold: 0,
        unit: 'runs',
        file: samplesPath,
      };
    }),
};
