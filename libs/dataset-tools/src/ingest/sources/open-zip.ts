import { basename } from 'node:path';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { DatasetError } from '../../errors.ts';
import type { FaultKind } from '../../faults/fault-kinds.ts';
import type { Fault } from '../../faults/fault.ts';
import { printable } from '../naming/printable.ts';
import { maxFileBytes, type OpenedSource, type SourceEntry, type UnreadFile } from './opened-source.ts';
import { sortEntries } from './sort-entries.ts';

/** What is taken from one archive. */
const limits = { entries: 50_000, unpackedBytes: 2 * 1024 ** 3, ratio: 200 } as const;
/** Up to here no ratio is suspicious: a flat picture without compression of its own packs a thousandfold. */
const harmlessBytes = 1024 * 1024;

/**
 * The files of a ZIP archive, by its central directory; each is unpacked when it is read. Encrypted files, links, paths
 * that leave the archive and files that swell are refused one by one, the rest goes on.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID when there is no such file
 */
export async function openZip(path: string): Promise<OpenedSource> {
  const origin = basename(path);
  const nothing = {
    origin,
    entries: [],
    companions: new Map<string, SourceEntry>(),
    licenceOf: () => null,
    close: () => Promise.resolve(),
  };
  let zip: ZipFile;
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) {
      throw new DatasetError('DATASET_REQUEST_INVALID', `the archive ${printable(path)} cannot be read`, { cause });
    }
    return { ...nothing, faults: [{ kind: 'archive-damaged', path: origin, message: reasonOf(cause) }] };
  }
  const showPath = (name: string) => `${origin}/${name}`;
  const faults: Fault[] = [];
  const found: SourceEntry[] = [];
  const seen = new Set<string>();
  let unpackedBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      const refused = judgeEntry(entry, name);
      unpackedBytes += entry.uncompressedSize;
      if (name.endsWith('/') && refused?.kind !== 'entry-leaves-folder') continue;
      if (seen.has(name))
        faults.push({
          kind: 'archive-damaged',
          path: printable(showPath(name)),
          message: 'the archive holds it twice',
        });
      else if (refused !== null) faults.push({ ...refused, path: printable(showPath(name)) });
      else found.push(entryOf(zip, entry, name));
      seen.add(name);
      if (zip.entriesRead > limits.entries || unpackedBytes > limits.unpackedBytes) {
        const message = `it holds ${zip.entryCount} files, ${unpackedBytes} bytes up to here; the rest is left out`;
        faults.push({ kind: 'archive-damaged', path: origin, message });
        break;
      }
    }
  } catch (error) {
    faults.push({ kind: 'archive-damaged', path: origin, message: reasonOf(error) });
  }
  const sorted = sortEntries(found, showPath);
  const close = () => {
    zip.close();
    return Promise.resolve();
  };
  return { origin, ...sorted, faults: [...faults, ...sorted.faults], licenceOf: () => null, close };
}

function nameOf(entry: Entry): string {
  // With decodeStrings off the name is bytes, whatever the types say.
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function judgeEntry(entry: Entry, name: string): { kind: FaultKind; message: string } | null {
  const parts = name.replace(/\/$/, '').split('/');
  if (/^([/\\]|[A-Za-z]:)/.test(name) || parts.some((part) => part === '..' || part === '.' || part === '')) {
    return { kind: 'entry-leaves-folder', message: `the path is ${printable(name)}` };
  }
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    return { kind: 'entry-is-link', message: 'it is a link' };
  if (entry.isEncrypted()) return { kind: 'entry-encrypted', message: 'it needs a password' };
  if (entry.uncompressedSize > maxFileBytes)
    return { kind: 'file-too-large', message: `it unpacks to ${entry.uncompressedSize} bytes` };
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > harmlessBytes && ratio > limits.ratio) {
    return { kind: 'entry-swells', message: `${entry.compressedSize} bytes unpack to ${entry.uncompressedSize}` };
  }
  return null;
}

function entryOf(zip: ZipFile, entry: Entry, path: string): SourceEntry {
  const stamp = `${entry.uncompressedSize}:${entry.crc32.toString(16)}`;
  return { path, stamp, bytes: entry.uncompressedSize, file: null, read: () => unpack(zip, entry) };
}

/** Unpacks one file; yauzl ends the stream with an error when it is longer or shorter than the directory says. */
async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer | UnreadFile> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of await zip.openReadStreamPromise(entry)) {
      if (!Buffer.isBuffer(part)) break;
      length += part.length;
      if (length > maxFileBytes)
        return { kind: 'file-too-large', message: `it unpacks to more than ${maxFileBytes} bytes` };
      parts.push(part);
    }
  } catch (error) {
    const reason = reasonOf(error);
    return { kind: /too many bytes/.test(reason) ? 'entry-swells' : 'file-damaged', message: reason };
  }
  return Buffer.concat(parts, length);
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
