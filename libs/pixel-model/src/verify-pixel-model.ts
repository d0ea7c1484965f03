import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from './manifest.ts';
import { pixelModelDirectory } from './model-directory.ts';

/** One thing that is wrong with a file of the model. `null` stands for a file that cannot be read. */
export interface PixelModelFault {
  readonly path: string;
  readonly problem: 'missing' | 'size' | 'sha256';
  readonly expected: number | string;
  readonly actual: number | string | null;
}

/** Whether the files are those that the manifest names. */
export type PixelModelVerification =
  | { readonly ok: true; readonly revision: string; readonly files: number; readonly bytes: number }
  | { readonly ok: false; readonly revision: string; readonly faults: readonly PixelModelFault[] };

/**
 * Compares every file of the model with the manifest's sizes and sha256 digests and tells all differences at once.
 *
 * @throws PixelModelError when the manifest itself is missing or has another form.
 */
export async function verifyPixelModel(directory: string = pixelModelDirectory()): Promise<PixelModelVerification> {
  const manifest = readManifest(directory);
  const faults: PixelModelFault[] = [];
  for (const file of manifest.files) {
    const fault = await compareFile(join(directory, file.path), file);
    if (fault !== null) faults.push(fault);
  }
  if (faults.length > 0) return { ok: false, revision: manifest.revision, faults };
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  return { ok: true, revision: manifest.revision, files: manifest.files.length, bytes };
}

async function compareFile(
  path: string,
  file: { path: string; bytes: number; sha256: string },
): Promise<PixelModelFault | null> {
  let size: number;
  let content: Buffer;
  try {
    ({ size } = await stat(path));
    if (size !== file.bytes) return { path: file.path, problem: 'size', expected: file.bytes, actual: size };
    content = await readFile(path);
  } catch {
    return { path: file.path, problem: 'missing', expected: file.sha256, actual: null };
  }
  const actual = createHash('sha256').update(content).digest('hex');
  return actual === file.sha256 ? null : { path: file.path, problem: 'sha256', expected: file.sha256, actual };
}
