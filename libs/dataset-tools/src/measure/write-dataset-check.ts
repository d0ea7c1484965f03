import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  appendToStore,
  collectToolInfo,
  createRecord,
  type DatasetCheckRecord,
  discardLatest,
  hashFile,
  profileNameSchema,
  writeLatest,
} from '@dgx-pixels/evidence';
import { acquireMachineLock, readFingerprint } from '@dgx-pixels/host-telemetry';
import { DatasetError } from '../errors.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { readImage } from '../pixels/read-image.ts';
import { describeDataset } from './describe-dataset.ts';
import { measureAugmentation, type TriedPicture } from './measure-augmentation.ts';
import { measureCaptioning } from './measure-captioning.ts';

/** Options of {@link writeDatasetCheck}. */
export interface WriteDatasetCheckOptions {
  /** Root of the workspace: the datasets lie in its folder `datasets`, records are written below `bench/results`. */
  readonly workspaceRoot: string;
  /** Name of the profile the evidence counts for. */
  readonly profile: string;
  /** The sprites that the base model was trained on, as `pictureKeys(…).visible`. */
  readonly modelSprites: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: string) => void) | undefined;
  /** Directory of the machine lock. @default the one all measurements of this machine share */
  readonly lockDirectory?: string | undefined;
}

/** What was written. */
export interface WrittenDatasetCheck {
  readonly record: DatasetCheckRecord;
  readonly latestDirectory: string;
}

/**
 * The `ws-07` measurement: proves every dataset of the workspace from its files, captions all of them anew and once more,
 * derives and inverts pictures by every operation, and writes the record into `bench/results/ws-07/<profile>/latest` and
 * the store. What an earlier run wrote goes first. What does not hold is written too: judging is not done here.
 *
 * @throws DatasetError DATASET_NOT_FOUND without a dataset, DATASET_REQUEST_INVALID for no profile name; errors of the
 * evidence and the machine lock; the signal's reason
 */
export async function writeDatasetCheck(options: WriteDatasetCheckOptions): Promise<WrittenDatasetCheck> {
  const { workspaceRoot, profile, modelSprites, signal, onProgress } = options;
  if (!profileNameSchema.safeParse(profile).success) {
    throw new DatasetError('DATASET_REQUEST_INVALID', `${JSON.stringify(profile.slice(0, 80))} is no profile name`);
  }
  const latestDirectory = join(workspaceRoot, 'bench/results/ws-07', profile, 'latest');
  await discardLatest(latestDirectory);
  const paths = await listDatasets(workspaceRoot);
  const folders = paths.map((path) => join(workspaceRoot, path));
  const datasets = [];
  const tried: TriedPicture[] = [];
  for (const [index, path] of paths.entries()) {
    signal?.throwIfAborted();
    onProgress?.(`proving ${path}`);
    const folder = folders[index] ?? '';
    datasets.push(await describeDataset(folder, path, modelSprites));
    for (const { id, facts, derivedFrom } of (await readManifest(folder)).images) {
      if (derivedFrom === null) tried.push({ raster: await readImage(folder, id), palette: facts.palette });
    }
  }
  onProgress?.('deriving pictures and undoing it');
  const augmentation = await measureAugmentation(tried);
  const lock = await acquireMachineLock({ purpose: `ws-07 ${profile}`, signal, directory: options.lockDirectory });
  onProgress?.('captioning');
  const captioning = await measureCaptioning(folders).finally(() => lock.release());
  signal?.throwIfAborted();
  const unpainted = datasets.flatMap((dataset, index) =>
    dataset.paletteColours === null ? [`datasets.${index}.paletteColours`] : [],
  );
  const record = createRecord({
    kind: 'datasetCheck',
    workstream: 'ws-07',
    origin: 'measured',
    profile,
    tool: await collectToolInfo(workspaceRoot),
    host: await readFingerprint({ signal }),
    engine: null,
    inputs: await Promise.all(
      paths.map(async (path) => ({
        path: `${path}/dataset.json`,
        sha256: await hashFile(join(workspaceRoot, path, 'dataset.json')),
      })),
    ),
    artifacts: [],
    payload: {
      datasets,
      modelSprites: modelSprites.size,
      captioning,
      augmentation,
      missing: Object.fromEntries(unpainted.map((path) => [path, 'the dataset declares no palette'])),
    },
  });
  await appendToStore(join(workspaceRoot, 'bench/results/store'), record);
  await writeLatest({ directory: latestDirectory, records: [{ name: 'dataset-check', record }] });
  return { record, latestDirectory };
}

/** Folders with a dataset.json below `datasets`, sorted. @throws DatasetError DATASET_NOT_FOUND */
async function listDatasets(workspaceRoot: string): Promise<readonly string[]> {
  const folder = join(workspaceRoot, 'datasets');
  const names = (await readdir(folder).catch(() => [])).sort();
  const paths: string[] = [];
  for (const name of names) {
    const files: readonly string[] = await readdir(join(folder, name)).catch(() => []);
    if (files.includes('dataset.json')) paths.push(`datasets/${name}`);
  }
  if (paths.length > 0) return paths;
  throw new DatasetError('DATASET_NOT_FOUND', `${folder} holds no dataset`, {
    hint: 'npx dgx-pixels dataset build datasets/<name>/recipe.toml',
  });
}
