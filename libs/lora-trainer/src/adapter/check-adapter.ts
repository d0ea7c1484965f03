import { largestRank } from '../plan/training-work.ts';
import type { TargetSet } from '../protocol/train-request.ts';
import { type AdapterArchitecture, unetOf } from '../base/unet-of.ts';
import { adapterModules } from './adapter-modules.ts';
import type { AdapterFinding, AdapterReport } from './adapter-report.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkModules } from './check-modules.ts';
import { checkValues } from './check-values.ts';
import { describeFinding, printable } from './describe-finding.ts';
import type { TensorHeader } from './parse-tensor-header.ts';
import { type AdapterFile, readAdapterFile } from './read-adapter-file.ts';

/** What an adapter file is checked against. */
export interface CheckAdapterOptions {
  readonly architecture: AdapterArchitecture;
  readonly targets: TargetSet;
  /** Whole, ≥ 1; without it, any one rank is right. */
  readonly rank?: number;
  /** Largest file allowed; up to four times as many are read to the end. */
  readonly maxBytes?: number;
}

type Judgement = Pick<AdapterReport, 'tensors' | 'modules' | 'rank' | 'alpha' | 'dtype' | 'faults' | 'warnings'>;

/** ComfyUI's `GET /view_metadata` reads no longer header. */
const longHeaderBytes = 1024 * 1024;

/**
 * Checks an adapter file in kohya's form: that it is whole, has the three tensors of every layer of the set and no
 * others, all of the model's shapes and of one rank, changes something, and says of itself what is true.
 *
 * Everything wrong with the file is a finding; nothing of it is executed, and at most 16 MiB are held at once.
 *
 * @param options `maxBytes` is 100·10⁶ unless told
 * @throws the file system's own error (ENOENT, EACCES, …); RangeError for options out of range
 */
export async function checkAdapter(file: string, options: CheckAdapterOptions): Promise<AdapterReport> {
  const { architecture, targets, rank, maxBytes = 100e6 } = options;
  if (rank !== undefined && !(Number.isSafeInteger(rank) && rank >= 1)) {
    throw new RangeError(`a rank of ${rank}; it must be a whole number ≥ 1`);
  }
  if (!(maxBytes > 0)) throw new RangeError(`${maxBytes} bytes allowed; it must be above 0`);
  const read = await readAdapterFile(file, maxBytes * 4);
  const judged = read.header === null ? nothing : judge(read, read.header, options);
  const said = (field: string): string | null => {
    const text = read.header?.metadata.get(field);
    return text === undefined ? null : printable(text, 2000);
  };
  return {
    ...judged,
    file,
    bytes: read.bytes,
    sha256: read.sha256,
    expectedModules: adapterModules(unetOf(architecture), targets).length,
    metadata: {
      title: said('modelspec.title'),
      licence: said('modelspec.license'),
      trigger: said('modelspec.trigger_phrase'),
      base: said('ss_base_model_version'),
    },
    faults: [...read.findings, ...judged.faults, ...sizeFaults(read, options, maxBytes)],
  };
}

const nothing: Judgement = { tensors: 0, modules: 0, rank: null, alpha: null, dtype: null, faults: [], warnings: [] };

function judge(
  { values, dataSha256, headerBytes }: AdapterFile,
  { tensors, metadata }: TensorHeader,
  { architecture, targets, rank }: CheckAdapterOptions,
): Judgement {
  const shape = unetOf(architecture);
  const keys = checkModules(tensors, adapterModules(shape, targets), { rank, crossWidth: shape.crossWidth });
  const content = values === null ? null : checkValues(keys.present, values);
  const alpha = content?.alpha ?? null;
  const said = checkMetadata(metadata, { architecture, rank: keys.rank, alpha, dataSha256 });
  const dtypes = new Set(tensors.map(({ dtype }) => printable(dtype)));
  return {
    tensors: tensors.length,
    modules: keys.present.length,
    rank: keys.rank,
    alpha,
    dtype: dtypes.size === 0 ? null : [...dtypes].sort().join(' + '),
    faults: [...keys.findings, ...(content?.faults ?? []), ...said.faults],
    warnings: [...(content?.warnings ?? []), ...said.warnings, ...headerWarnings(headerBytes)],
  };
}

function headerWarnings(headerBytes: number): readonly AdapterFinding[] {
  if (headerBytes <= longHeaderBytes) return [];
  const message = `its header has ${headerBytes} bytes; ComfyUI shows metadata of headers up to ${longHeaderBytes}`;
  return [describeFinding('header-long', message, 'leave tag lists out of the metadata')];
}

function sizeFaults(
  { bytes, headerBytes }: AdapterFile,
  { architecture, targets }: CheckAdapterOptions,
  maxBytes: number,
): readonly AdapterFinding[] {
  if (bytes <= maxBytes) return [];
  const most = largestRank(unetOf(architecture), targets, maxBytes - 8 - headerBytes);
  const hint = most > 0 ? `train with rank ${most} or less, and export as F16` : 'no rank fits: allow more bytes';
  return [describeFinding('too-large', `it has ${bytes} bytes, and ${maxBytes} are allowed`, hint)];
}
