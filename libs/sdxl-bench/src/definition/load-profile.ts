import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { profileNameSchema } from '@dgx-pixels/evidence';
import type { InputRef } from '@dgx-pixels/evidence';
import { BenchError } from '../errors.ts';
import { parseToml } from './parse-toml.ts';
import { profileSchema } from './profile.ts';
import type { Profile } from './profile.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import type { WorkspaceFile } from './read-workspace-file.ts';

/** A profile and the file it came from. */
export interface LoadedProfile {
  readonly profile: Profile;
  readonly file: InputRef;
}

const folder = 'bench/profiles';

/** Names of the profiles in `bench/profiles`, sorted; empty when the folder is not there. */
export async function listProfiles(workspaceRoot: string): Promise<readonly string[]> {
  const entries = await readdir(join(workspaceRoot, folder)).catch(() => []);
  const names = entries.filter((entry) => entry.endsWith('.toml')).map((entry) => entry.slice(0, -'.toml'.length));
  return names.filter((name) => profileNameSchema.safeParse(name).success).sort();
}

/**
 * Reads `bench/profiles/<name>.toml`.
 *
 * @throws BenchError BENCH_PROFILE_UNKNOWN with the known names; BENCH_PROFILE_INVALID with every fault as `file:line: what`.
 */
export async function loadProfile(workspaceRoot: string, name: string): Promise<LoadedProfile> {
  const known = await listProfiles(workspaceRoot);
  if (!known.includes(name)) {
    const message = `no profile "${name.slice(0, 80)}" in ${folder}; there are: ${known.join(', ') || 'none'}`;
    throw new BenchError('BENCH_PROFILE_UNKNOWN', message, { details: { name, known } });
  }
  const path = `${folder}/${name}.toml`;
  const file = await readProfileFile(workspaceRoot, path);
  const parsed = parseToml(path, file.text, profileSchema);
  const faults = parsed.ok ? nameFaults(parsed.value, name, path) : parsed.faults;
  if (!parsed.ok || faults.length > 0) {
    throw new BenchError('BENCH_PROFILE_INVALID', `profile ${name} cannot be used:\n${faults.join('\n')}`, {
      details: { path, faults },
    });
  }
  return { profile: parsed.value, file: file.ref };
}

async function readProfileFile(workspaceRoot: string, path: string): Promise<WorkspaceFile> {
  try {
    return await readWorkspaceFile(workspaceRoot, path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BenchError('BENCH_PROFILE_INVALID', `${path} cannot be read: ${reason}`, {
      details: { path },
      cause: error,
    });
  }
}

function nameFaults(profile: Profile, name: string, path: string): readonly string[] {
  return profile.name === name ? [] : [`${path}:1: name: is "${profile.name}", the file is named "${name}"`];
}
