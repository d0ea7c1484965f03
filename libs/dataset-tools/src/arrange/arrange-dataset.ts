import { type Duplicates, findDuplicates } from '../duplicates/find-duplicates.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultKind } from '../faults/fault-kinds.ts';
import type { Companion } from '../ingest/ingest-sources.ts';
import { withDatasetLock } from '../ingest/keep/with-dataset-lock.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { writeManifest } from '../manifest/write-manifest.ts';
import { judgePixels } from '../pixels/judge-pixels.ts';
import { readImage } from '../pixels/read-image.ts';
import { splitImages } from '../split/split-dataset.ts';
import { importCaptions } from './import-captions.ts';

/** What arranging found. */
export interface ArrangeReport {
  readonly pictures: number;
  readonly groups: number;
  readonly heldOut: number;
  /** Captions that came with the pictures and were taken over. */
  readonly imported: number;
  readonly faults: readonly Fault[];
}

/** Options of {@link arrangeDataset}. */
export interface ArrangeOptions {
  /** Caption files that lay beside the pictures; see `IngestReport`. */
  readonly companions?: readonly Companion[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const kinds = {
  turned: 'duplicate-turned',
  'nearly-equal': 'duplicate-near',
  'palette-swap': 'duplicate-recoloured',
} as const satisfies Record<Duplicates['links'][number]['reason'], FaultKind>;

/**
 * Puts a dataset in order after pictures were added: finds what belongs together, chooses what is held out, takes over
 * captions that came along, and says what is odd about the pixels. The same pictures give the same result.
 *
 * @throws DatasetError as `readManifest`; DATASET_BUSY, DATASET_UNWRITABLE
 */
export async function arrangeDataset(folder: string, options: ArrangeOptions = {}): Promise<ArrangeReport> {
  return withDatasetLock(folder, async () => {
    const manifest = await readManifest(folder);
    const originals = manifest.images.filter(({ derivedFrom }) => derivedFrom === null);
    const pictures = [];
    for (const { id, name } of originals) {
      options.signal?.throwIfAborted();
      pictures.push({ id, name, raster: await readImage(folder, id) });
    }
    const { links, groups } = await findDuplicates(pictures, options);
    const split = splitImages(manifest.images, groups, manifest.heldOut);
    const { images, faults, imported } = importCaptions(split, options.companions ?? []);
    await writeManifest(folder, { ...manifest, images: [...images] });
    return {
      pictures: originals.length,
      groups: new Set(groups.values()).size,
      heldOut: images.filter((image) => image.split === 'held-out' && image.derivedFrom === null).length,
      imported,
      faults: [
        ...faults,
        ...originals.flatMap((image) => judgePixels(image, manifest.palette)),
        ...links.map((link) => linkFault(link, originals)),
      ],
    };
  });
}

function linkFault({ id, of, reason, share }: Duplicates['links'][number], images: readonly DatasetImage[]): Fault {
  const nameOf = (wanted: string): string => images.find((image) => image.id === wanted)?.name ?? wanted;
  const percent = share === null || reason === 'turned' ? '' : ` (${Math.floor(share * 100)} % of the pixels)`;
  return { kind: kinds[reason], path: nameOf(id), message: `like ${nameOf(of)}${percent}` };
}
