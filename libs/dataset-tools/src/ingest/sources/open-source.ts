import type { SourceRequest } from '../ingest-request.ts';
import { openFile, openFolder } from './open-folder.ts';
import { openPackage } from './open-package.ts';
import { openZip } from './open-zip.ts';
import type { OpenedSource } from './opened-source.ts';

/**
 * Lists what a source holds.
 *
 * @param dataset folder that is left out, should it lie inside the source
 * @throws DatasetError DATASET_REQUEST_INVALID when it cannot be opened
 */
export function openSource(request: SourceRequest, dataset: string): Promise<OpenedSource> {
  if (request.kind === 'folder') return openFolder(request.path, dataset);
  if (request.kind === 'file') return openFile(request.path);
  return request.kind === 'zip' ? openZip(request.path) : openPackage(request);
}
