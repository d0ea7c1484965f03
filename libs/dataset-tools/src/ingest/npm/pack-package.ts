import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { DatasetError } from '../../errors.ts';

const packedSchema = z
  .array(
    z.object({
      filename: z.string().regex(/^[\w.-]+\.tgz$/),
      integrity: z.string().startsWith('sha512-'),
      version: z.string(),
    }),
  )
  .min(1);
const runFile = promisify(execFile);

/** A tarball that npm has fetched. */
export interface PackedPackage {
  readonly path: string;
  /** `sha512-…` as npm reports it. */
  readonly integrity: string;
  readonly version: string;
}

/**
 * Has the user's npm fetch the tarball of a package from the user's registry; its scripts are not run.
 *
 * @param folder where the tarball is put
 * @param timeoutMs - @default 120_000
 * @throws DatasetError DATASET_REQUEST_INVALID with npm's last line when npm fails or takes longer
 */
export async function packPackage(
  name: string,
  version: string,
  folder: string,
  { timeoutMs = 120_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<PackedPackage> {
  const spec = `${name}@${version}`;
  if (!/^(@[\w.-]+\/)?[\w.-]+@[\w.+-]+$/.test(spec) || spec.startsWith('-')) {
    throw new DatasetError('DATASET_REQUEST_INVALID', `${JSON.stringify(spec)} is no package with a version`);
  }
  try {
    const args = ['pack', spec, '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = await runFile('npm', args, {
      timeout: timeoutMs,
      maxBuffer: 16 * 1024 ** 2,
      ...(signal && { signal }),
    });
    const [packed] = packedSchema.parse(JSON.parse(stdout));
    if (packed === undefined) throw new Error('npm named no file');
    return { path: join(folder, packed.filename), integrity: packed.integrity, version: packed.version };
  } catch (cause) {
    const lines = cause instanceof Error ? cause.message.trim().split('\n') : [String(cause)];
    throw new DatasetError('DATASET_REQUEST_INVALID', `npm could not fetch ${spec}: ${lines.at(-1) ?? ''}`, { cause });
  }
}
