import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds the bundled model's files, with no separator at the end. */
export function pixelModelDirectory(): string {
  return fileURLToPath(new URL('../model', import.meta.url));
}
