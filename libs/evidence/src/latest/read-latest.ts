import { join } from 'node:path';
import { sha256Hex } from '../digest.ts';
import type { ArtifactRef } from '../envelope.ts';
import type { EvidenceFault, EvidenceFaultCode } from '../fault.ts';
import { evidenceLimits } from '../limits.ts';
import { type EvidenceRecord, parseRecord } from '../record.ts';
import { isPlainRelativePath } from '../relative-path.ts';
import { type ListedFile, listFiles } from './list-files.ts';
import { readBounded } from './read-bounded.ts';
import { parseSeal, sealFileName } from './seal.ts';

/** A record as it lies in a measurement folder. */
export interface LatestRecord {
  /** File name without `.json`. */
  readonly name: string;
  /** Full path of its file. */
  readonly path: string;
  /** Hash of its file. */
  readonly sha256: string;
  readonly record: EvidenceRecord;
}

/** What a measurement folder holds and everything that is wrong with it. */
export interface LatestEvidence {
  readonly directory: string;
  /** Records whose bytes are those that were sealed. */
  readonly records: readonly LatestRecord[];
  /** Bytes of all other sealed files whose hash agrees, by path in the folder. */
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  readonly faults: readonly EvidenceFault[];
}

const readFaults = {
  missing: ['file-missing', `is named by ${sealFileName} and not there`],
  irregular: ['file-irregular', 'is not a regular file that can be read'],
  'too-large': ['file-too-large', 'is larger than evidence may be'],
} as const satisfies Record<string, readonly [EvidenceFaultCode, string]>;

/** A record's file lies at the top of the folder; JSON below it is an artifact. */
const isRecordPath = (path: string): boolean => /^[^/]+\.json$/.test(path);

function readRecord(text: string): ReturnType<typeof parseRecord> {
  try {
    return parseRecord(JSON.parse(text));
  } catch (error) {
    return { ok: false, problems: [`not JSON (${error instanceof Error ? error.message : String(error)})`] };
  }
}

/** Collects what is found in one folder. */
class FolderReading {
  readonly faults: EvidenceFault[] = [];
  readonly records: LatestRecord[] = [];
  readonly artifacts = new Map<string, Uint8Array>();
  readonly sound = new Map<string, ArtifactRef>();
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  fault(path: string, code: EvidenceFaultCode, message: string): void {
    this.faults.push({ path: path === '' ? this.directory : join(this.directory, path), code, message });
  }

  async readSeal(): Promise<readonly ArtifactRef[] | null> {
    const sealed = await readBounded(join(this.directory, sealFileName), evidenceLimits.sealBytes);
    if (!sealed.ok) {
      this.fault(sealFileName, 'seal-missing', `the seal cannot be read: ${sealed.reason}`);
      return null;
    }
    const seal = parseSeal(sealed.bytes.toString('utf8'));
    if (seal === null) this.fault(sealFileName, 'seal-invalid', 'the seal is not in the form in which it was written');
    return seal;
  }

  checkListing(listed: readonly ListedFile[], seal: readonly ArtifactRef[]): void {
    const expected = new Set([sealFileName, ...seal.map((file) => file.path)]);
    for (const file of listed) {
      if (!file.regular || !isPlainRelativePath(file.path))
        this.fault(file.path, 'file-irregular', 'is not a plain file');
      else if (!expected.has(file.path))
        this.fault(file.path, 'file-unsealed', `${sealFileName} does not name this file`);
    }
  }

  async readFile(file: ArtifactRef): Promise<void> {
    const limit = isRecordPath(file.path) ? evidenceLimits.recordBytes : evidenceLimits.artifactBytes;
    const read = await readBounded(join(this.directory, file.path), limit);
    if (!read.ok) {
      const [code, message] = readFaults[read.reason];
      this.fault(file.path, code, message);
      return;
    }
    const sha256 = sha256Hex(read.bytes);
    if (sha256 !== file.sha256 || read.bytes.length !== file.bytes) {
      this.fault(file.path, 'digest-mismatch', `sha256 is ${sha256}, ${sealFileName} says ${file.sha256}`);
      return;
    }
    this.sound.set(file.path, file);
    if (isRecordPath(file.path)) this.addRecord(file.path, sha256, read.bytes.toString('utf8'));
    else this.artifacts.set(file.path, read.bytes);
  }

  addRecord(path: string, sha256: string, text: string): void {
    const parsed = readRecord(text);
    if (parsed.ok) {
      const name = path.slice(0, -'.json'.length);
      this.records.push({ name, path: join(this.directory, path), sha256, record: parsed.record });
    } else {
      for (const problem of parsed.problems) this.fault(path, 'record-invalid', problem);
    }
  }

  checkArtifacts(): void {
    for (const { name, record } of this.records) {
      for (const ref of record.artifacts) {
        const found = this.sound.get(ref.path);
        if (found?.sha256 !== ref.sha256 || found.bytes !== ref.bytes) {
          this.fault(ref.path, 'artifact-mismatch', `is not the artifact that ${name}.json names`);
        }
      }
    }
  }
}

/**
 * Reads a measurement folder and checks it: the seal in its canonical form, every file's hash and length, no file more
 * and none less, each record's schema, each record's artifacts. Bad evidence never throws, it becomes faults.
 *
 * @param directory - `…/<workstream>/<profile>/latest`
 */
export async function readLatest(directory: string): Promise<LatestEvidence> {
  const reading = new FolderReading(directory);
  const listed = await listFiles(directory, evidenceLimits.folderFiles);
  if ('reason' in listed) {
    const absent = listed.reason === 'ENOENT' || listed.reason === 'ENOTDIR';
    if (absent) reading.fault('', 'folder-missing', 'there is no measurement here');
    else reading.fault('', 'file-irregular', `the folder cannot be read (${listed.reason})`);
    return reading;
  }
  const seal = await reading.readSeal();
  if (seal === null) return reading;
  reading.checkListing(listed, seal);
  if (seal.reduce((sum, file) => sum + file.bytes, 0) > evidenceLimits.folderBytes) {
    reading.fault('', 'file-too-large', `the folder is above ${evidenceLimits.folderBytes} bytes`);
    return reading;
  }
  for (const file of seal) await reading.readFile(file);
  reading.checkArtifacts();
  return reading;
}
