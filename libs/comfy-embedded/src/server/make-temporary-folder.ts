import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedServerError } from '../errors.ts';

/** Age after which the folder of a process that is gone is removed; a process of another container looks gone too. */
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * Makes `<prefix>-<process id>-XXXXXX` in the system's temporary folder, and removes those that killed processes of this
 * user left there.
 *
 * @param prefix - letters and dashes
 * @throws EmbeddedServerError `EMBEDDED_DIRECTORY_UNUSABLE`.
 */
export async function makeTemporaryFolder(prefix: string): Promise<string> {
  const parent = tmpdir();
  await removeAbandoned(parent, prefix);
  try {
    return await mkdtemp(join(parent, `${prefix}-${process.pid}-`));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedServerError('EMBEDDED_DIRECTORY_UNUSABLE', `no temporary folder in ${parent}: ${reason}`, {
      details: { path: parent },
      cause,
    });
  }
}

async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  const pattern = new RegExp(`^${prefix}-(\\d+)-\\w{6}$`);
  for (const name of await readdir(parent).catch(() => [])) {
    const processId = Number(pattern.exec(name)?.[1]);
    if (!Number.isSafeInteger(processId) || isAlive(processId)) continue;
    const path = join(parent, name);
    const status = await lstat(path).catch(() => null);
    if (status?.isDirectory() !== true || status.uid !== process.getuid?.()) continue;
    if (Date.now() - status.mtimeMs < abandonedAfterMs) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
