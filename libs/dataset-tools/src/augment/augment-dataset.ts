import { join } from 'node:path';
import { sha256Hex, writeFileAtomically } from '@dgx-pixels/evidence';
import { describePixelArt, type Raster } from '@dgx-pixels/pixel-art';
import { DatasetError } from '../errors.ts';
import { withDatasetLock } from '../ingest/keep/with-dataset-lock.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import type { Transform } from '../manifest/transform.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { canonicalPixels, canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { readImage } from '../pixels/read-image.ts';
import { type Derived, derivePicture } from './derive-picture.ts';

/** Most operations between an original and a derived picture. */
const maxTransforms = 16;

/** What to derive from each original. */
export interface AugmentRequest {
  /** Each list, of at most 16, gives one picture. */
  readonly chains: readonly (readonly Transform[])[];
  /** Only originals with one of these labels; null: all. */
  readonly labels: readonly string[] | null;
}

/** What augmenting did. */
export interface AugmentReport {
  readonly added: number;
  /** Outputs that the dataset had already, as a symmetrical picture's flip. */
  readonly known: number;
  /** Pictures that an operation would have harmed: left alone, with the reason. */
  readonly objections: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Adds derived pictures to a dataset: whole-pixel operations alone, each of which can be undone. A derived picture stays on
 * the side of the split, in the group and under the licence of what it was derived from.
 *
 * @throws DatasetError as `readManifest`; DATASET_REQUEST_INVALID for too long a list; DATASET_BUSY, DATASET_UNWRITABLE
 */
export async function augmentDataset(
  folder: string,
  { chains, labels }: AugmentRequest,
  options: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal } = {},
): Promise<AugmentReport> {
  if (chains.some(({ length }) => length > maxTransforms)) {
    throw new DatasetError('DATASET_REQUEST_INVALID', `more than ${maxTransforms} operations for one picture`);
  }
  return withDatasetLock(folder, async () => {
    const manifest = await readManifest(folder);
    const images = new Map(manifest.images.map((image) => [image.id, image]));
    const names = new Set(manifest.images.map(({ name }) => name.toLowerCase()));
    const originals = manifest.images.filter(
      (image) => image.derivedFrom === null && (labels?.some((label) => image.labels.includes(label)) ?? true),
    );
    const objections: { name: string; reason: string }[] = [];
    let known = 0;
    for (const [index, original] of originals.entries()) {
      options.signal?.throwIfAborted();
      const raster = await readImage(folder, original.id).catch(() => null);
      if (raster === null) objections.push({ name: original.name, reason: 'its file cannot be read' });
      else
        for (const chain of chains) {
          const derived = keptInPalette(
            derivePicture(raster, original.caption?.text ?? null, chain),
            chain,
            manifest.palette,
          );
          if ('objection' in derived) {
            objections.push({ name: original.name, reason: derived.objection });
            continue;
          }
          const image = await keep(folder, original, chain, derived, names, images);
          if (image === null) known++;
          else images.set(image.id, image);
        }
      options.onProgress?.(index + 1, originals.length);
    }
    await writeManifest(folder, { ...manifest, images: [...images.values()] });
    return { added: images.size - manifest.images.length, known, objections };
  });
}

/** Objects to a colour outside the declared palette that is no background. */
function keptInPalette(derived: Derived, chain: readonly Transform[], palette: readonly string[] | null): Derived {
  if ('objection' in derived || palette === null) return derived;
  const backgrounds = chain.map((transform) => (transform.operation === 'fill-background' ? transform.colour : null));
  const foreign = describePixelArt(derived.raster).palette.find(
    (colour) => !palette.includes(colour) && !backgrounds.includes(colour),
  );
  return foreign === undefined ? derived : { objection: `${foreign} is not in the declared palette` };
}

async function keep(
  folder: string,
  original: DatasetImage,
  transforms: readonly Transform[],
  { raster, caption }: { readonly raster: Raster; readonly caption: string | null },
  names: Set<string>,
  images: ReadonlyMap<string, DatasetImage>,
): Promise<DatasetImage | null> {
  const id = canonicalPixelsSha256(raster);
  if (images.has(id)) return null;
  const bytes = packPng(canonicalPixels(raster));
  try {
    await writeFileAtomically(join(folder, 'images', `${id}.png`), bytes);
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${folder}: a derived picture could not be written`, { cause });
  }
  const name = freeName(
    `${original.name.slice(0, 150)}+${transforms.map(({ operation }) => operation).join('+')}`,
    names,
  );
  names.add(name.toLowerCase());
  return {
    ...original,
    id,
    name,
    width: raster.width,
    height: raster.height,
    fileSha256: sha256Hex(bytes),
    facts: factsOf(raster),
    caption: caption === null ? null : { text: caption, source: 'augmented', captioner: null, autoSha256: null },
    derivedFrom: original.id,
    transforms: [...transforms],
  };
}

function factsOf(raster: Raster): DatasetImage['facts'] {
  const { palette, ...facts } = describePixelArt(raster);
  return { ...facts, palette: [...palette] };
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted} ${number}`;
  return name;
}
