import { randomUUID } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { CliError } from './errors.ts';

/**
 * Writes bytes to a file that did not exist, in a folder that does: a taken name gets a number. The file appears whole
 * or not at all.
 *
 * @returns the path that was written
 * @throws CliError CLI_OUTPUT_UNWRITABLE
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<string> {
  const { name, ext } = parse(path);
  const temporary = join(dirname(path), `.${name}.${randomUUID()}.part`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx', flush: true });
    for (let attempt = 0; attempt < 100_000; attempt += 1) {
      const target = join(dirname(path), attempt === 0 ? `${name}${ext}` : `${name}-${attempt}${ext}`);
      if (await linkUnlessTaken(temporary, target)) return target;
    }
    throw new Error('every numbered name is taken');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause, details: { path } });
  } finally {
    // The reason why it cannot be removed is the reason why it could not be written.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function linkUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
