import { open } from 'node:fs/promises';
import { parseTensorHeader } from '../adapter/parse-tensor-header.ts';

/** Largest header that is read, in bytes; that of SDXL has about 300 kB. */
const maxHeaderBytes = 64 * 2 ** 20;

/**
 * Shapes of the tensors of a safetensors file, without reading them; null when it is none: a pickle, an archive, torn.
 * The format: eight bytes with the length of a JSON header, then the header.
 */
export async function readTensorShapes(path: string): Promise<ReadonlyMap<string, readonly number[]> | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Buffer.alloc(8);
    if ((await file.read(length, 0, 8, 0)).bytesRead < 8) return null;
    const bytes = Number(length.readBigUInt64LE());
    if (bytes > maxHeaderBytes || 8 + bytes > size) return null;
    const text = Buffer.alloc(bytes);
    if ((await file.read(text, 0, bytes, 8)).bytesRead < bytes) return null;
    const { header } = parseTensorHeader(text, size - 8 - bytes);
    return header && new Map(header.tensors.map(({ name, shape }) => [name, shape]));
  } finally {
    await file.close();
  }
}
