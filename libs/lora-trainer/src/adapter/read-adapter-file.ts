import { open, stat } from 'node:fs/promises';
import { hashFile } from '@dgx-pixels/evidence';
import type { AdapterFinding } from './adapter-report.ts';
import { describeFinding } from './describe-finding.ts';
import { recogniseOtherFile } from './recognise-other-file.ts';
import { parseTensorHeader, type TensorHeader } from './parse-tensor-header.ts';
import { readFully, scanTensorValues, type TensorValues } from './scan-tensor-values.ts';

/** An adapter file as far as it can be read. */
export interface AdapterFile {
  readonly bytes: number;
  readonly headerBytes: number;
  /** Null when the file is no safetensors file. */
  readonly header: TensorHeader | null;
  /** Of the whole file; null when it is too large to be read. */
  readonly sha256: string | null;
  /** Of the tensors' bytes; null, as the values, when the tensors do not lie as they should. */
  readonly dataSha256: string | null;
  readonly values: ReadonlyMap<string, TensorValues> | null;
  readonly findings: readonly AdapterFinding[];
}

const maxHeaderBytes = 16 * 1024 * 1024;

/**
 * Reads a safetensors file: eight bytes with the length of the header, at most 16 MiB of header, the tensors in blocks.
 * Whatever is wrong with its content is a finding.
 *
 * @param maxReadBytes tensors of a larger file are not read
 * @throws the file system's own error, such as ENOENT or EACCES
 */
export async function readAdapterFile(path: string, maxReadBytes: number): Promise<AdapterFile> {
  const found = await stat(path);
  const bytes = found.size;
  const nothing = { bytes, headerBytes: 0, header: null, sha256: null, dataSha256: null, values: null };
  if (!found.isFile()) {
    const finding = describeFinding(
      'not-safetensors',
      'it is a folder or a device',
      'name the .safetensors file itself',
    );
    return { ...nothing, findings: [finding] };
  }
  const isReadable = bytes <= maxReadBytes;
  const unread = { ...nothing, sha256: isReadable ? await hashFile(path) : null };
  const file = await open(path, 'r');
  try {
    const start = new Uint8Array(Math.min(bytes, 64));
    await readFully(file, start, 0);
    const other = recogniseOtherFile(start);
    const claimed = bytes < 8 ? 0n : new DataView(start.buffer).getBigUint64(0, true);
    const problem = lengthProblem(bytes, claimed);
    if (problem !== null) return { ...unread, findings: [other ?? problem] };

    const headerBytes = Number(claimed);
    const head = new Uint8Array(8 + headerBytes);
    await readFully(file, head, 0);
    const { header, findings } = parseTensorHeader(head.subarray(8), bytes - head.length);
    if (header === null) return { ...unread, findings: other === null ? findings : [other] };
    const scanned =
      isReadable && findings.length === 0 ? await scanTensorValues(file, head.length, header.tensors) : null;
    return { ...unread, headerBytes, header, ...scanned, findings };
  } finally {
    await file.close();
  }
}

function lengthProblem(bytes: number, claimed: bigint): AdapterFinding | null {
  const hint = 'copy the file again';
  if (bytes < 8) return describeFinding('not-safetensors', `it has ${bytes} bytes`, hint);
  if (claimed > maxHeaderBytes) {
    const message = `its header claims ${claimed} bytes; more than ${maxHeaderBytes} are not read`;
    return describeFinding('header-invalid', message, 'name a .safetensors file with an adapter');
  }
  if (claimed + 8n <= bytes) return null;
  return describeFinding('truncated', `its header claims ${claimed} bytes, and the file has ${bytes}`, hint);
}
