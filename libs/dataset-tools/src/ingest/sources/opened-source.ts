import type { Fault } from '../../faults/fault.ts';
import type { ImageLicence } from '../../manifest/licence.ts';

/** Largest file that is read, in bytes. */
export const maxFileBytes = 64 * 1024 * 1024;

/** Why one file of a source could not be read; a value, the others go on. */
export type UnreadFile = Pick<Fault, 'kind' | 'message'>;

/** One file of a source that may be a picture; nothing of it was read yet. */
export interface SourceEntry {
  /** Below the source folder or in the archive, `/` between parts; shown by `judgeName` to be harmless. */
  readonly path: string;
  /** Changes when the content does, as far as that is known without reading it: size and time, or checksum. */
  readonly stamp: string;
  /** Size as far as it is known, in bytes. */
  readonly bytes: number;
  /** Where the file lies on disk, for a worker to read; null in an archive. */
  readonly file: string | null;
  /** The whole content, at most `maxFileBytes`. */
  read(): Promise<Buffer | UnreadFile>;
}

/** A source whose files are known by name. */
export interface OpenedSource {
  /** Name of the folder or archive, or package@version. */
  readonly origin: string;
  /** Files that may be pictures, by path. */
  readonly entries: readonly SourceEntry[];
  /** Files that stand beside pictures, by path: captions, atlases, notices. */
  readonly companions: ReadonlyMap<string, SourceEntry>;
  readonly faults: readonly Fault[];
  /** Licence that the source itself states for a picture; null where it states none. */
  licenceOf(path: string): ImageLicence | null;
  close(): Promise<void>;
}
