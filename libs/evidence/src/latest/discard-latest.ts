import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ulid } from 'ulid';
import { workstreamSchema } from '../envelope.ts';
import { writeDurably } from '../write-file-atomically.ts';

/** Gates whose verdict rests on a workstream's records. */
const gatesOn = { foundation: ['m0'], 'ws-04': ['m1'], 'ws-05': ['m1'], 'ws-06': ['m3'], 'ws-07': ['m3'] } as const;

/** Age after which a folder of an interrupted writer is removed. */
const abandonedAfterMs = 60 * 60 * 1000;

async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((entry) => /^\.(new|old)-[0-9A-Z]{26}$/.test(entry))) {
    const status = await stat(join(parent, name)).catch(() => null);
    if (status !== null && Date.now() - status.mtimeMs > abandonedAfterMs) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

/**
 * Removes a measurement before it is taken anew, together with the verdicts that rest on it, so that a measurement that
 * fails leaves nothing that looks like a result. Absent folders are fine. A small file is written and removed, so that
 * nobody measures for minutes what a full or read-only disk will not take.
 *
 * @param directory - `bench/results/<workstream>/<profile>/latest`; verdicts are removed only for a path of that form
 * @throws the file system's own error
 */
export async function discardLatest(directory: string): Promise<void> {
  const latest = resolve(directory);
  const profileFolder = dirname(latest);
  const workstream = workstreamSchema.safeParse(basename(dirname(profileFolder)));
  if (workstream.success && basename(latest) === 'latest') {
    const results = dirname(dirname(profileFolder));
    for (const gate of gatesOn[workstream.data]) {
      await rm(join(results, gate, basename(profileFolder)), { recursive: true, force: true });
    }
  }
  // The rename makes it vanish at once: a kill during the removal leaves no half of a measurement under its name.
  const old = join(profileFolder, `.old-${ulid()}`);
  await rename(latest, old).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await rm(old, { recursive: true, force: true });
  await removeAbandoned(profileFolder);
  await proveWritable(profileFolder);
}

async function proveWritable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const probe = join(folder, `.new-${ulid()}`);
  await writeDurably(probe, 'x'.repeat(4096)).finally(() => rm(probe, { force: true }));
}
