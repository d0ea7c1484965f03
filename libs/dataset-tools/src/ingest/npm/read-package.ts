import { createHash, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { DatasetError } from '../../errors.ts';
import { printable } from '../naming/printable.ts';

/** What is read of one package, in bytes and files. */
const limits = {
  packedBytes: 128 * 1024 ** 2,
  unpackedBytes: 512 * 1024 ** 2,
  keptBytes: 256 * 1024 ** 2,
  files: 100_000,
} as const;

/**
 * Files of an npm tarball, after its hash was found to be the expected one. Nothing is written to disk or executed.
 *
 * @param integrity `sha512-…` as in a lock file or `npm view <package> dist.integrity`
 * @param wants which files to keep, by path without the leading folder
 * @throws DatasetError DATASET_REQUEST_INVALID for a file that cannot be read, has another hash, is no package, or is too large
 */
export async function readPackage(
  path: string,
  integrity: string,
  wants: (path: string) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const packed = await readTarball(path);
  checkIntegrity(path, packed, integrity);
  const files = new Map<string, Buffer>();
  const tar = extract();
  const unpacking = pipeline(Readable.from([packed]), createGunzip(), tar);
  try {
    await collect(tar, wants, files);
    await unpacking;
  } catch (cause) {
    // One cause is enough: the other end of the pipe fails with it.
    await unpacking.catch(() => undefined);
    if (cause instanceof DatasetError) throw cause;
    throw invalid(`${printable(path)} is no npm package`, cause);
  }
  return files;
}

async function readTarball(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > limits.packedBytes)
        throw invalid(`${printable(path)} has ${size} bytes, more than ${limits.packedBytes}`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw invalid(`the package ${printable(path)} cannot be read`, cause);
  }
}

function checkIntegrity(path: string, packed: Buffer, integrity: string): void {
  const found = createHash('sha512').update(packed).digest();
  const expected = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64');
  if (expected.length === found.length && timingSafeEqual(expected, found)) return;
  throw invalid(`${printable(path)} has the hash sha512-${found.toString('base64')}, not ${printable(integrity)}`);
}

async function collect(tar: Extract, wants: (path: string) => boolean, files: Map<string, Buffer>): Promise<void> {
  let [count, unpackedBytes, keptBytes] = [0, 0, 0];
  for await (const entry of tar) {
    const path = entry.header.name.replace(/^[^/]+\//, '');
    const keep = entry.header.type === 'file' && wants(path);
    const parts: Buffer[] = [];
    for await (const part of entry) {
      if (!Buffer.isBuffer(part)) continue;
      unpackedBytes += part.length;
      if (unpackedBytes > limits.unpackedBytes)
        throw invalid(`the package unpacks to more than ${limits.unpackedBytes} bytes`);
      if (keep) parts.push(part);
    }
    count++;
    keptBytes += parts.reduce((sum, part) => sum + part.length, 0);
    if (count > limits.files) throw invalid(`the package holds more than ${limits.files} files`);
    if (keptBytes > limits.keptBytes)
      throw invalid(`the pictures of the package have more than ${limits.keptBytes} bytes`);
    if (keep) files.set(path, Buffer.concat(parts));
  }
}

function invalid(message: string, cause?: unknown): DatasetError {
  return new DatasetError('DATASET_REQUEST_INVALID', message, { cause });
}
