import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type AdapterDtype, isAdapterDtype, type TensorEntry, valueBytes } from './parse-tensor-header.ts';

/** What is known of the values of a tensor. */
export interface TensorValues {
  /** Neither infinite nor NaN, all of them. */
  readonly isFinite: boolean;
  /** +0 or −0, all of them. */
  readonly isZero: boolean;
  /** The first value; NaN of an empty tensor. */
  readonly first: number;
}

/** Values of a file, and their digest. */
export interface ScannedValues {
  readonly values: ReadonlyMap<string, TensorValues>;
  /** SHA-256 of the tensors' bytes without the header, as 64 lower-case hexadecimal digits. */
  readonly dataSha256: string;
}

/** Bits of the exponent: all set in infinities and NaN (IEEE 754; bfloat16 is the upper half of float32). */
const exponentBits: Readonly<Record<AdapterDtype, number>> = { F16: 0x7c00, BF16: 0x7f80, F32: 0x7f80_0000 };
const blockBytes = 4 * 1024 * 1024;

/**
 * Reads the values of tensors that follow each other without gaps, in blocks of 4 MiB.
 *
 * @param start bytes of the file before the first tensor
 * @param tensors F16, BF16 or F32, in the order of their bytes
 * @returns null when the file is shorter by now than it was
 */
export async function scanTensorValues(
  file: FileHandle,
  start: number,
  tensors: readonly TensorEntry[],
): Promise<ScannedValues | null> {
  const data = createHash('sha256');
  const values = new Map<string, TensorValues>();
  // A buffer of its own begins at an address that any number may lie at.
  const buffer = new ArrayBuffer(blockBytes);
  for (const { name, dtype, from, to } of tensors) {
    if (!isAdapterDtype(dtype)) throw new TypeError(`${name} holds ${dtype}`);
    let found: TensorValues = { isFinite: true, isZero: true, first: NaN };
    for (let at = from; at < to; at += blockBytes) {
      const block = new Uint8Array(buffer, 0, Math.min(blockBytes, to - at));
      if (!(await readFully(file, block, start + at))) return null;
      data.update(block);
      const part = valuesOf(buffer, block.length, dtype);
      found = {
        isFinite: found.isFinite && part.isFinite,
        isZero: found.isZero && part.isZero,
        first: at === from ? part.first : found.first,
      };
    }
    values.set(name, found);
  }
  return { values, dataSha256: data.digest('hex') };
}

/** Whether all of `into` could be read from this place of the file on. */
export async function readFully(file: FileHandle, into: Uint8Array, position: number): Promise<boolean> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

function valuesOf(buffer: ArrayBuffer, bytes: number, dtype: AdapterDtype): TensorValues {
  const count = bytes / valueBytes[dtype];
  const words = dtype === 'F32' ? new Uint32Array(buffer, 0, count) : new Uint16Array(buffer, 0, count);
  const exponent = exponentBits[dtype];
  const magnitude = dtype === 'F32' ? 0x7fff_ffff : 0x7fff;
  let isFinite = true;
  let seen = 0;
  for (const word of words) {
    if ((word & exponent) === exponent) isFinite = false;
    seen |= word & magnitude;
  }
  return { isFinite, isZero: seen === 0, first: decode(words[0] ?? 0, dtype) };
}

function decode(bits: number, dtype: AdapterDtype): number {
  if (dtype !== 'F16') return new Float32Array(Uint32Array.of(dtype === 'F32' ? bits : bits << 16).buffer)[0] ?? NaN;
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
