import { randomInt } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { RgbaBatch } from '../images/rgba-batch.ts';
import { encodePng } from '../png/encode-png.ts';
import { quantiseAnyImage } from '../png/quantise-image.ts';
import type { TextChunk } from '../png/text-chunk.ts';
import { expandPrefix } from './expand-prefix.ts';
import { parseFilePrefix } from './file-prefix.ts';
import { nextCounter } from './next-counter.ts';
import { openSubfolder, storing } from './open-subfolder.ts';
import { writeNewFile } from './write-new-file.ts';

/** Which of the server's folders holds a file, in ComfyUI's words. */
export type ImageFolder = SavingFolder | 'input';

/** Those that nodes write into. */
type SavingFolder = 'output' | 'temp';

/** A saved image, as `executed` events and `/history` name it and `/view` finds it. */
export interface SavedImage {
  readonly filename: string;
  /** Relative to the folder, forward slashes, empty for the folder itself. */
  readonly subfolder: string;
  readonly type: SavingFolder;
}

/** What to save. */
export interface SaveRequest {
  readonly images: ImageBatch | RgbaBatch;
  readonly folder: SavingFolder;
  /** SaveImage's `filename_prefix`, with its `%…%` variables. */
  readonly prefix: string;
  readonly text: readonly TextChunk[];
  readonly signal?: AbortSignal | undefined;
}

/** The folders that a server writes into and serves from: absolute, existing, symbolic links resolved. */
export type ImageDirectories = Readonly<Record<ImageFolder, string>>;

const compressionLevel: Readonly<Record<SavingFolder, number>> = { output: 4, temp: 1 };
const namesTried = 1000;
const previewLetters = 'abcdefghijklmnopqrstuvwxyz';

/** ComfyUI's prefix of preview files: five random letters a server, so that restarts do not mix. */
export function previewPrefix(): string {
  const letters = Array.from({ length: 5 }, () => previewLetters.charAt(randomInt(previewLetters.length)));
  return `ComfyUI_temp_${letters.join('')}`;
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Saves a batch as `prefix_00001_.png`, `prefix_00002_.png`, …, each file whole or absent, none ever replaced.
 *
 * @throws EmbeddedServerError `EMBEDDED_PATH_REFUSED` for a prefix that leaves the folder, `EMBEDDED_WRITE_FAILED` with
 * the path for what the file system refuses; the signal's reason between two images.
 */
export async function saveImages(
  directories: Pick<ImageDirectories, SavingFolder>,
  request: SaveRequest,
): Promise<readonly SavedImage[]> {
  const { images, folder, signal } = request;
  const expanded = expandPrefix(request.prefix, { width: images.width, height: images.height, now: new Date() });
  const { subfolder, name } = parseFilePrefix(expanded);
  const directory = await openSubfolder(directories[folder], subfolder);
  let counter = await storing(directory, () => nextCounter(directory, name));
  const saved: SavedImage[] = [];
  for (let index = 0; index < images.batch; index += 1) {
    signal?.throwIfAborted();
    const bytes = await encodePng(await quantiseAnyImage(images, index), request.text, compressionLevel[folder]);
    const batchName = name.replaceAll('%batch_num%', String(index));
    const filename = await storing(directory, async () => {
      for (const last = counter + namesTried; counter <= last;) {
        const free = `${batchName}_${String(counter).padStart(5, '0')}_.png`;
        counter += 1;
        if (await writeNewFile(directory, free, bytes)) return free;
      }
      throw new Error(`no free file name for ${batchName} after ${namesTried} tries`);
    });
    saved.push({ filename, subfolder, type: folder });
  }
  await storing(directory, () => flushDirectory(directory));
  return saved;
}
