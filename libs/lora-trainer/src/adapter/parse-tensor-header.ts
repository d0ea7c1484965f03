import { z } from 'zod';
import type { AdapterFinding } from './adapter-report.ts';
import { describeFinding, describeNames } from './describe-finding.ts';
import { scanHeaderText } from './scan-header-text.ts';

/** Types of numbers that an adapter may hold, and the bytes of each. */
export const valueBytes = { F16: 2, BF16: 2, F32: 4 } as const;
/** Type of the numbers of an adapter. */
export type AdapterDtype = keyof typeof valueBytes;

/** A tensor as the header describes it. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes, counted from the end of the header. */
  readonly from: number;
  readonly to: number;
}

/** A header that could be read. */
export interface TensorHeader {
  /** In the order of their bytes. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What a header says, and what is wrong with it. */
export interface HeaderReading {
  /** Null when nothing of it can be read. */
  readonly header: TensorHeader | null;
  readonly findings: readonly AdapterFinding[];
}

const again = 'copy or export the file again: npx dgx-pixels train pick <run> --export-to <folder>';

const whole = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.string().max(20),
  shape: z.array(whole).max(8),
  data_offsets: z.tuple([whole, whole]),
});

/** Whether a type is one that an adapter may hold. */
export function isAdapterDtype(dtype: string): dtype is AdapterDtype {
  return Object.hasOwn(valueBytes, dtype);
}

/**
 * Reads the header of a safetensors file by the format's own rules: JSON that begins with `{`, keys once, text as
 * metadata; tensors fill the data without gaps, in any order.
 *
 * @param bytes the header without its length
 * @param dataBytes what follows it in the file
 */
export function parseTensorHeader(bytes: Uint8Array, dataBytes: number): HeaderReading {
  const text = utf8(bytes);
  if (text === null || !text.startsWith('{')) return unreadable('is no JSON text that begins with {');
  const { repeatedKeys, oddNumbers, isTooDeep } = scanHeaderText(text);
  if (isTooDeep) return unreadable('is nested deeper than any header');
  const parsed = objectOf(text);
  if (parsed === null) return unreadable('is no JSON object');

  const { __metadata__: notes = {}, ...entries } = parsed;
  const metadata = z.record(z.string(), z.string()).safeParse(notes);
  const misformed = oddNumbers.map((number) => `the number ${number}`);
  if (!metadata.success) misformed.push('__metadata__ that is not text');
  const tensors: TensorEntry[] = [];
  for (const [name, value] of Object.entries(entries)) {
    const entry = entrySchema.safeParse(value);
    if (!entry.success) {
      misformed.push(name);
      continue;
    }
    const { dtype, shape, data_offsets } = entry.data;
    tensors.push({ name, dtype, shape, from: data_offsets[0], to: data_offsets[1] });
  }
  tensors.sort((a, b) => a.from - b.from || a.to - b.to);
  return {
    header: { tensors, metadata: new Map(Object.entries(metadata.data ?? {})) },
    findings: [
      ...describeNames('header-invalid', 'parts of the header have no known form', misformed, again),
      ...describeNames('duplicate-key', 'keys stand twice, and readers differ in which they take', repeatedKeys, again),
      ...dtypeFindings(tensors),
      ...offsetFindings(tensors, dataBytes),
    ],
  };
}

function dtypeFindings(tensors: readonly TensorEntry[]): readonly AdapterFinding[] {
  const others = tensors.filter(({ dtype }) => !isAdapterDtype(dtype)).map(({ name, dtype }) => `${name} (${dtype})`);
  return describeNames(
    'dtype-unsupported',
    `tensors hold other numbers than ${Object.keys(valueBytes).join(', ')}`,
    others,
    'export the adapter as F16',
  );
}

function offsetFindings(tensors: readonly TensorEntry[], dataBytes: number): readonly AdapterFinding[] {
  const sizes: string[] = [];
  const places: string[] = [];
  let taken = 0;
  for (const { name, dtype, shape, from, to } of tensors) {
    const needed = isAdapterDtype(dtype)
      ? shape.reduce((product, side) => product * side, valueBytes[dtype])
      : to - from;
    if (to < from || to - from !== needed) sizes.push(`${name}: ${to - from} bytes for ${needed}`);
    if (from !== taken) places.push(`${name} ${from < taken ? 'lies over another' : 'leaves a gap'}`);
    taken = Math.max(taken, to);
  }
  const beyond = tensors.filter(({ to }) => to > dataBytes).map(({ name }) => name);
  const cut = `tensors end at byte ${taken} of the data, and the file has ${dataBytes}`;
  return [
    ...describeNames('offsets-invalid', 'tensors have other sizes than their shapes', sizes, again),
    ...describeNames('offsets-invalid', 'tensors do not follow each other', places, again),
    ...describeNames('truncated', cut, beyond, again),
    ...(taken < dataBytes
      ? [describeFinding('trailing-bytes', `${dataBytes - taken} bytes follow the last tensor`, again)]
      : []),
  ];
}

function unreadable(problem: string): HeaderReading {
  return { header: null, findings: [describeFinding('header-invalid', `the header ${problem}`, again)] };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return { ...z.looseObject({}).parse(JSON.parse(text)) };
  } catch {
    return null;
  }
}
