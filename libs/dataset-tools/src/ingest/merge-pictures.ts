import { type Fault, isRefusal } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import type { ImageLicence } from '../manifest/licence.ts';
import type { ImageSource } from '../manifest/source.ts';
import { judgePixels } from '../pixels/judge-pixels.ts';
import { labelWords } from './naming/label-words.ts';
import { pictureName, uniqueName } from './naming/picture-name.ts';
import type { PreparedFile, PreparedPicture } from './prepare/prepared-file.ts';

/** A file that was taken in, where it came from, and what may be done with it. */
export interface TakenFile {
  readonly origin: string;
  readonly path: string;
  /** By which the user knows the file. */
  readonly shown: string;
  readonly prepared: PreparedFile;
  /** null where nothing says one. */
  readonly licence: ImageLicence | null;
}

/** The pictures of a dataset after an ingest. */
export interface MergedPictures {
  readonly images: readonly DatasetImage[];
  readonly added: number;
  readonly kept: number;
  readonly faults: readonly Fault[];
  /** Names of the pictures by origin and path of their file; see `fileKey`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const nobodySaid: ImageLicence = { spdx: null, author: null, url: null, notice: null };

/** A file of an ingest as one string. */
export function fileKey(origin: string, path: string): string {
  return JSON.stringify([origin, path]);
}

/**
 * Adds the pictures of files to those of a dataset, in the order of the files: so the result depends on the files alone,
 * not on which of them was done first. Captions, labels and names that are there stay; a licence that is given again
 * replaces the old one.
 *
 * Pictures whose pixels cannot be used are refused; what is only odd about them is said when the set is arranged.
 *
 * @param palette declared palette of the dataset; null: any colours
 */
export function mergePictures(
  existing: readonly DatasetImage[],
  files: readonly TakenFile[],
  palette: readonly string[] | null,
): MergedPictures {
  const byId = new Map(existing.map((image) => [image.id, image]));
  const byPlace = new Map(
    existing.filter(({ derivedFrom }) => derivedFrom === null).map((image) => [placeKey(image.source), image]),
  );
  const takenNames = new Set(existing.map(({ name }) => name.toLowerCase()));
  const names = new Map<string, string[]>();
  const faults: Fault[] = [];
  let [added, kept] = [0, 0];
  for (const file of files) {
    const own: string[] = [];
    names.set(fileKey(file.origin, file.path), own);
    faults.push(
      ...file.prepared.faults.map(({ kind, place, message }) => ({ kind, path: shownPlace(file, place), message })),
    );
    for (const picture of file.prepared.pictures) {
      const path = shownPlace(file, picture.place?.name ?? null);
      const source = sourceOf(file, picture);
      const before = byPlace.get(placeKey(source));
      const same = byId.get(picture.id);
      if (before !== undefined && before.id !== picture.id) {
        faults.push({ kind: 'file-changed', path, message: changeOf(before, picture, source) });
      } else if (before !== undefined) {
        kept++;
        own.push(before.name);
        byId.set(picture.id, { ...before, licence: file.licence ?? before.licence });
      } else if (same !== undefined) {
        faults.push({ kind: 'duplicate-exact', path, message: `it has the same pixels as ${same.name}` });
      } else {
        const image = describeImage(file, picture, source, takenNames);
        const refusals = judgePixels(image, palette).filter(isRefusal);
        faults.push(...refusals.map((fault) => ({ ...fault, path })));
        if (refusals.length > 0) continue;
        takenNames.add(image.name.toLowerCase());
        byId.set(image.id, image);
        byPlace.set(placeKey(source), image);
        own.push(image.name);
        added++;
      }
    }
  }
  return { images: [...byId.values()], added, kept, faults, names };
}

function describeImage(
  file: TakenFile,
  picture: PreparedPicture,
  source: ImageSource,
  taken: ReadonlySet<string>,
): DatasetImage {
  const { id, width, height, fileSha256, scale, facts, place } = picture;
  return {
    id,
    name: uniqueName(pictureName(file.path, place?.name ?? null, id), taken),
    width,
    height,
    fileSha256,
    source,
    scale,
    licence: file.licence ?? nobodySaid,
    labels: [...new Set([...labelWords(file.path), ...(place?.labels ?? [])])].slice(0, 32),
    facts,
    group: id,
    split: 'train',
    caption: null,
    derivedFrom: null,
    transforms: [],
  };
}

function sourceOf({ origin, path, prepared }: TakenFile, { place }: PreparedPicture): ImageSource {
  // A file that gave pictures was read, so its hash is known.
  return { path, origin, sha256: prepared.sha256 ?? '', cell: place?.cell ?? null };
}

function placeKey({ origin, path, cell }: ImageSource): string {
  return JSON.stringify([origin, path, cell && [cell.left, cell.top, cell.width, cell.height]]);
}

function shownPlace({ shown }: TakenFile, place: string | null): string {
  return place === null ? shown : `${shown}#${place}`;
}

function changeOf(before: DatasetImage, now: PreparedPicture, source: ImageSource): string {
  if (before.source.sha256 !== source.sha256) return `the file of ${before.name} has other bytes than before`;
  return `${before.name} was taken in at scale ${before.scale.factor}, not ${now.scale.factor}`;
}
