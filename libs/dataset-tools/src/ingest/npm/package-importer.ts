import type { ImageLicence } from '../../manifest/licence.ts';

/** One picture of a package. */
export interface PackagePicture {
  /** Path by which it is known; gives name and labels. */
  readonly path: string;
  /** Its file, as it stands in the package. */
  readonly bytes: Buffer;
  /** Licence as the package states it for this picture, not that of its code. */
  readonly licence: ImageLicence;
}

/**
 * Knows where the pictures of one npm package stand and under which licence. Nothing of a package is executed: an importer
 * reads files of its tarball as data. To add one, write it beside the others and name it in `package-importers.ts`.
 */
export interface PackageImporter {
  /** Name in the registry. */
  readonly name: string;
  /** The version whose layout and licence were read. */
  readonly version: string;
  /** What can be chosen, by option name: allowed values, the first one is the default. */
  readonly choices: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** Whether a file of the tarball is needed; paths without the leading `package/`. */
  wants(path: string, chosen: Readonly<Record<string, string>>): boolean;
  /** The pictures in the files that it wanted, in any order. */
  pictures(files: ReadonlyMap<string, Buffer>, chosen: Readonly<Record<string, string>>): readonly PackagePicture[];
}
