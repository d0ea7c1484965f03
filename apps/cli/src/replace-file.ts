import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CliError } from './errors.ts';

/**
 * Writes a file in a folder that exists, over an older one if there is one. A failure leaves the older one.
 *
 * @throws CliError CLI_OUTPUT_UNWRITABLE
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await writeFile(temporary, text, { flag: 'wx', flush: true });
    await rename(temporary, path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause, details: { path } });
  } finally {
    // The reason why it cannot be removed is the reason why it could not be written.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
