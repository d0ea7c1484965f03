import type { AdapterFinding } from './adapter-report.ts';
import type { AdapterArchitecture } from '../base/unet-of.ts';
import { describeNames } from './describe-finding.ts';

/** What the tensors say, which the metadata must agree with; null where they say nothing certain. */
export interface TensorFacts {
  readonly architecture: AdapterArchitecture;
  readonly rank: number | null;
  readonly alpha: number | null;
  /** Digest of the tensors' bytes. */
  readonly dataSha256: string | null;
}

interface Field {
  readonly name: string;
  /** What a file without it is: at fault, or only less useful. */
  readonly missing: 'fault' | 'warning' | 'allowed';
  /** What it must say, for a reader; null when the value is right. */
  readonly expected: (value: string, facts: TensorFacts) => string | null;
}

/** Relative error of an alpha that was stored in bfloat16, the coarsest type. */
const alphaRounding = 2 ** -8;

const bases: Readonly<Record<AdapterArchitecture, { readonly version: string; readonly spec: string }>> = {
  // A1111 lists an adapter under SDXL only if its base version begins so.
  sdxl: { version: 'sdxl_', spec: 'stable-diffusion-xl-v1-base/lora' },
  bundled: { version: 'pixel-sprites', spec: 'pixel-sprites/lora' },
};

const filled: Field['expected'] = (value) => (value.trim() === '' ? 'some text' : null);
const exactly = (wanted: string) => (value: string) => (value === wanted ? null : wanted);

/**
 * kohya's minimum (library/train_util.py, SS_METADATA_MINIMUM_KEYS), its digest (`addnet_hash_safetensors`: SHA-256 of
 * the tensors' bytes), and ModelSpec 1.0.1 (https://github.com/Stability-AI/ModelSpec).
 */
const fields: readonly Field[] = [
  { name: 'ss_network_module', missing: 'fault', expected: exactly('networks.lora') },
  { name: 'ss_network_dim', missing: 'fault', expected: (value, { rank }) => agrees(value, rank, 0) },
  { name: 'ss_network_alpha', missing: 'fault', expected: (value, { alpha }) => agrees(value, alpha, alphaRounding) },
  {
    name: 'ss_base_model_version',
    missing: 'fault',
    expected: (value, { architecture }) => {
      const { version } = bases[architecture];
      const isRight = architecture === 'sdxl' ? value.startsWith(version) : value === version;
      return isRight ? null : `${version}${architecture === 'sdxl' ? '…' : ''}`;
    },
  },
  { name: 'ss_v2', missing: 'warning', expected: exactly('False') },
  { name: 'ss_network_args', missing: 'warning', expected: () => null },
  { name: 'sshs_model_hash', missing: 'warning', expected: (value, { dataSha256 }) => isDigest(value, dataSha256) },
  {
    name: 'modelspec.sai_model_spec',
    missing: 'fault',
    expected: (value) => (/^1\.0\.\d+$/.test(value) ? null : '1.0.1'),
  },
  {
    name: 'modelspec.architecture',
    missing: 'fault',
    expected: (value, { architecture }) => exactly(bases[architecture].spec)(value),
  },
  { name: 'modelspec.implementation', missing: 'fault', expected: filled },
  { name: 'modelspec.title', missing: 'fault', expected: filled },
  { name: 'modelspec.license', missing: 'fault', expected: filled },
  {
    name: 'modelspec.hash_sha256',
    missing: 'fault',
    expected: (value, { dataSha256 }) => isDigest(value, dataSha256 === null ? null : `0x${dataSha256}`),
  },
  { name: 'modelspec.trigger_phrase', missing: 'warning', expected: filled },
  { name: 'modelspec.prediction_type', missing: 'allowed', expected: exactly('epsilon') },
];

/** Whether the metadata of a file are there, and agree with its tensors. */
export function checkMetadata(
  metadata: ReadonlyMap<string, string>,
  facts: TensorFacts,
): { readonly faults: readonly AdapterFinding[]; readonly warnings: readonly AdapterFinding[] } {
  const again = 'export it again: npx dgx-pixels train pick <run> --export-to <folder> writes them';
  const absent = (missing: Field['missing']) =>
    fields.filter((field) => field.missing === missing && !metadata.has(field.name)).map(({ name }) => name);
  const contradictions = fields.flatMap(({ name, expected }) => {
    const value = metadata.get(name);
    const wanted = value === undefined ? null : expected(value, facts);
    return wanted === null ? [] : [`${name} is "${value?.slice(0, 80)}", not ${wanted}`];
  });
  return {
    faults: [
      ...describeNames('metadata-missing', 'metadata are missing', absent('fault'), again),
      ...describeNames('metadata-contradicts', 'metadata contradict the tensors or the model', contradictions, again),
    ],
    warnings: describeNames('metadata-missing', 'metadata that tools show are missing', absent('warning'), again),
  };
}

function agrees(value: string, fact: number | null, rounding: number): string | null {
  if (fact === null) return null;
  const said = value.trim() === '' ? NaN : Number(value);
  return Math.abs(said - fact) <= rounding * Math.abs(fact) ? null : String(fact);
}

function isDigest(value: string, digest: string | null): string | null {
  if (digest === null || value.toLowerCase() === digest) return null;
  return `${digest}, the SHA-256 of the tensors`;
}
