import { realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { NamedFiles } from '../nodes/node-files.ts';
import { splitAnnotation } from './annotated-name.ts';
import { isFileName, parseSubfolder } from './file-name.ts';
import { FolderFiles } from './folder-files.ts';
import type { ImageDirectories } from './image-store.ts';
import { isInside } from './open-subfolder.ts';

/** Endings that ComfyUI's file lists take for pictures. */
const pictureEndings = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff'];

/**
 * The pictures that nodes can load. Offered are those in the input directory itself; a prompt may also name one in a
 * subfolder, or with ` [output]` or ` [temp]` behind it one of those directories.
 */
export class InputFiles implements NamedFiles {
  readonly #directories: ImageDirectories;
  readonly #offered: FolderFiles;

  constructor(directories: ImageDirectories) {
    this.#directories = directories;
    this.#offered = new FolderFiles(directories.input, pictureEndings);
  }

  names(): readonly string[] {
    return this.#offered.names().filter((name) => !name.includes('/'));
  }

  /** Absolute path of an existing file inside its directory, symbolic links resolved; undefined for anything else. */
  path(name: string): string | undefined {
    const { name: file, folder = 'input' } = splitAnnotation(name);
    const subfolder = parseSubfolder(posix.dirname(file));
    if (subfolder === undefined || !isFileName(posix.basename(file))) return undefined;
    const root = this.#directories[folder];
    try {
      const path = realpathSync(join(root, subfolder, posix.basename(file)));
      return isInside(root, path) && statSync(path).isFile() ? path : undefined;
    } catch {
      return undefined;
    }
  }
}
