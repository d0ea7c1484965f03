import { sha256Hex } from '@dgx-pixels/evidence';
import { DatasetError } from '../../errors.ts';
import { packageImporters } from '../npm/package-importers.ts';
import { readPackage } from '../npm/read-package.ts';
import type { OpenedSource } from './opened-source.ts';
import { sortEntries } from './sort-entries.ts';

/** An npm package as a source: a tarball that `npm pack` made. */
export interface PackageRequest {
  readonly path: string;
  readonly package: string;
  readonly integrity: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * The pictures of an npm package, by the importer that is written for it.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID for a package without importer, an unknown option, or a tarball that is not the one
 */
export async function openPackage(request: PackageRequest): Promise<OpenedSource> {
  const importer = packageImporters.find(({ name }) => name === request.package);
  if (importer === undefined) {
    const known = packageImporters.map(({ name }) => name).join(', ');
    throw invalid(`there is no importer for ${request.package}; there is one for ${known}`);
  }
  const chosen: Record<string, string> = {};
  for (const [option, [preset]] of Object.entries(importer.choices)) chosen[option] = request.options[option] ?? preset;
  for (const [option, value] of Object.entries(request.options)) {
    const allowed = importer.choices[option];
    if (allowed === undefined)
      throw invalid(`${importer.name} has no option ${option}, but ${Object.keys(importer.choices).join(', ')}`);
    if (!allowed.includes(value)) throw invalid(`option ${option} is ${value}, not one of ${allowed.join(', ')}`);
  }
  const files = await readPackage(request.path, request.integrity, (path) => importer.wants(path, chosen));
  const pictures = importer.pictures(files, chosen);
  if (pictures.length === 0)
    throw invalid(`${request.path} holds no picture that ${importer.name}@${importer.version} has`);
  const origin = `${importer.name}@${importer.version}`;
  const found = pictures.map(({ path, bytes }) => ({
    path,
    stamp: sha256Hex(bytes),
    bytes: bytes.length,
    file: null,
    read: () => Promise.resolve(bytes),
  }));
  const sorted = sortEntries(found, (path) => `${origin}/${path}`);
  const licences = new Map(pictures.map(({ path, licence }) => [path, licence]));
  return { origin, ...sorted, licenceOf: (path) => licences.get(path) ?? null, close: () => Promise.resolve() };
}

function invalid(message: string): DatasetError {
  return new DatasetError('DATASET_REQUEST_INVALID', message);
}
