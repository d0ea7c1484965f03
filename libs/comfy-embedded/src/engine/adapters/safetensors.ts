import { z } from 'zod';
import { EngineError } from '../engine-errors.ts';
import { fromBfloat16, fromHalf } from './half-floats.ts';

const maxHeaderBytes = 16 * 1024 * 1024;
const valueBytes = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;

const size = z.int().min(0);
const headerSchema = z.record(
  z.string(),
  z.strictObject({
    dtype: z.enum(Object.keys(valueBytes) as (keyof typeof valueBytes)[]),
    shape: z.array(size).max(8),
    data_offsets: z.tuple([size, size]),
  }),
);
const metadataSchema = z.record(z.string(), z.string());

/** A tensor of a safetensors file. */
export interface StoredTensor {
  readonly dtype: keyof typeof valueBytes;
  readonly shape: readonly number[];
  /** A view of the file's bytes. */
  readonly bytes: Uint8Array;
}

/** A safetensors file, its tensors not yet converted. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

function corrupt(problem: string, cause?: unknown): EngineError {
  return new EngineError('ENGINE_ADAPTER_INVALID', `not a sound safetensors file: ${problem}`, { problem }, cause);
}

/**
 * Reads a safetensors file: 8 bytes with the header's length, a JSON header, then the tensors' bytes, which must lie
 * inside the file and not overlap (the format's own rules).
 *
 * @throws EngineError ENGINE_ADAPTER_INVALID with the first fault.
 */
export function readSafetensors(file: Uint8Array): Safetensors {
  if (file.length < 8) throw corrupt(`it has ${file.length} bytes`);
  const headerBytes = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (headerBytes > maxHeaderBytes)
    throw corrupt(`its header claims ${headerBytes} bytes, more than ${maxHeaderBytes}`);
  const dataStart = 8 + Number(headerBytes);
  if (dataStart > file.length) throw corrupt(`its header claims ${headerBytes} bytes of ${file.length}`);
  const { __metadata__: metadata, ...entries } = parseHeader(file.subarray(8, dataStart));
  const header = headerSchema.safeParse(entries);
  const notes = metadataSchema.optional().safeParse(metadata);
  if (!header.success) throw corrupt(z.prettifyError(header.error).slice(0, 500));
  if (!notes.success) throw corrupt('its metadata is not text');

  const data = file.subarray(dataStart);
  const byPlace = Object.entries(header.data).sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  const tensors = new Map<string, StoredTensor>();
  let taken = 0;
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of byPlace) {
    const needed = shape.reduce((product, side) => product * side, valueBytes[dtype]);
    if (to - from !== needed) throw corrupt(`${name} has ${to - from} bytes for ${needed}`);
    if (from < taken || to > data.length) throw corrupt(`${name} lies outside the file or over another tensor`);
    tensors.set(name, { dtype, shape, bytes: data.subarray(from, to) });
    taken = to;
  }
  return { tensors, metadata: notes.data ?? {} };
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw corrupt('its header is no JSON object', error);
  }
}

/**
 * The values of a tensor as float32.
 *
 * @throws EngineError ENGINE_ADAPTER_INVALID for a type that is no floating-point number.
 */
export function floatValues(name: string, { dtype, bytes }: StoredTensor): Float32Array {
  const { buffer } = Uint8Array.from(bytes);
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'F16':
      return fromHalf(new Uint16Array(buffer));
    case 'BF16':
      return fromBfloat16(new Uint16Array(buffer));
    default:
      throw corrupt(`${name} holds ${dtype}, no floating-point numbers`);
  }
}
