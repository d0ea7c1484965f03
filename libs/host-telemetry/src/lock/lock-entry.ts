import { link, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { HostTelemetryError } from '../errors.ts';

const lockEntrySchema = z.object({
  pid: z.int().positive(),
  startTicks: z.string().nullable(),
  bootId: z.string().nullable(),
  purpose: z.string().max(200),
  acquiredAt: z.iso.datetime(),
  releasedAt: z.iso.datetime().nullable(),
});

/** Content of one entry of the lock directory: who took the lock, for what, and whether it was given back. */
export type LockEntry = z.infer<typeof lockEntrySchema>;

/** The newest entry and its number, the fencing token. */
export interface NumberedEntry {
  readonly token: number;
  readonly entry: LockEntry;
}

/** Number of the newest entry, 0 for a directory without one. */
export async function newestToken(directory: string): Promise<number> {
  const tokens = (await readdir(directory)).map(tokenOf).filter((token) => token !== null);
  return Math.max(0, ...tokens);
}

/** The newest entry; null when the lock was never taken. */
export async function readNewestEntry(directory: string): Promise<NumberedEntry | null> {
  const token = await newestToken(directory);
  if (token === 0) return null;
  const path = entryPath(directory, token);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new HostTelemetryError('HOST_LOCK_UNUSABLE', `the lock entry ${path} cannot be read`, {
      details: { path },
      cause: error,
    });
  }
  const parsed = lockEntrySchema.safeParse(parseJson(text));
  if (parsed.success) return { token, entry: parsed.data };
  const message = `the lock entry ${path} is not one of ours: ${z.prettifyError(parsed.error)}`;
  throw new HostTelemetryError('HOST_LOCK_UNUSABLE', message, { details: { path } });
}

/** Creates entry `token` with its whole content at once; false when another process created that number first. */
export async function createEntry(directory: string, token: number, entry: LockEntry): Promise<boolean> {
  const temporary = await writeTemporary(directory, entry);
  try {
    await link(temporary, entryPath(directory, token));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces the content of an entry that this process created. */
export async function replaceEntry(directory: string, token: number, entry: LockEntry): Promise<void> {
  const temporary = await writeTemporary(directory, entry);
  await rename(temporary, entryPath(directory, token));
}

function entryPath(directory: string, token: number): string {
  return join(directory, `${String(token).padStart(12, '0')}.json`);
}

/** Deletes entries up to and including `token`; entries of other users may stay. */
export async function removeEntriesUpTo(directory: string, token: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const number = tokenOf(name);
    if (number !== null && number <= token) await rm(join(directory, name), { force: true }).catch(() => undefined);
  }
}

function tokenOf(name: string): number | null {
  return /^\d{12}\.json$/.test(name) ? Number(name.slice(0, 12)) : null;
}

async function writeTemporary(directory: string, entry: LockEntry): Promise<string> {
  const path = join(directory, `${randomUUID()}.tmp`);
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(`${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
