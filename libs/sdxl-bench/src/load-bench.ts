import { profileNameSchema } from '@dgx-pixels/evidence';
import type { InputRef } from '@dgx-pixels/evidence';
import type { Definition } from './definition/definition.ts';
import { loadDefinition } from './definition/load-definition.ts';
import { loadProfile } from './definition/load-profile.ts';
import type { Profile } from './definition/profile.ts';
import { readWorkspaceFile } from './definition/read-workspace-file.ts';
import { BenchError } from './errors.ts';
import { loadWorkflow } from './workflow/load-workflow.ts';
import type { LoadedWorkflow } from './workflow/load-workflow.ts';

/** Everything that decides what a profile measures, read once, with the hashes a record carries. */
export interface LoadedBench {
  readonly profile: Profile;
  readonly definition: Definition;
  readonly workflow: LoadedWorkflow;
  readonly files: { readonly profile: InputRef; readonly definition: InputRef; readonly policy: InputRef };
}

/**
 * Reads a profile and the files that it names. The policy is only hashed: judging is not the bench's work.
 *
 * @throws BenchError BENCH_PROFILE_UNKNOWN, BENCH_PROFILE_INVALID, BENCH_DEFINITION_INVALID, BENCH_WORKFLOW_INVALID
 */
export async function loadBench(workspaceRoot: string, profileName: string): Promise<LoadedBench> {
  const { profile, file } = await loadProfile(workspaceRoot, profileName);
  const { definition, file: definitionFile } = await loadDefinition(workspaceRoot, profile.definition);
  const workflow = await loadWorkflow(workspaceRoot, profile);
  const policy = await hashPolicy(workspaceRoot, profile, file.path);
  return { profile, definition, workflow, files: { profile: file, definition: definitionFile, policy } };
}

async function hashPolicy(workspaceRoot: string, profile: Profile, profilePath: string): Promise<InputRef> {
  try {
    return (await readWorkspaceFile(workspaceRoot, profile.policy)).ref;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${profilePath} names the policy ${profile.policy}, which cannot be read: ${reason}`;
    throw new BenchError('BENCH_PROFILE_INVALID', message, { details: { path: profile.policy }, cause: error });
  }
}

/** Whether a text can be a profile's name, and so the name of a folder. */
export function isProfileName(text: string): boolean {
  return profileNameSchema.safeParse(text).success;
}
