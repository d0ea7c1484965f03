import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ToolInfo } from './envelope.ts';

const run = promisify(execFile);
const manifestSchema = z.object({ version: z.string().min(1).max(80) });
const gitShaPattern = /^[0-9a-f]{40,64}$/;

/** Output of a git command, or null if there is no git or no repository. */
async function askGit(workspaceRoot: string, args: readonly string[]): Promise<string | null> {
  try {
    // Without optional locks a status query never writes the index of a repository in which someone works.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
    const { stdout } = await run('git', args, { cwd: workspaceRoot, env, timeout: 10_000, maxBuffer: 16 << 20 });
    return stdout;
  } catch {
    return null;
  }
}

/**
 * Version, commit and cleanliness of the workspace that writes a record.
 *
 * @param workspaceRoot - folder of the root package.json
 * @returns `gitSha` and `dirty` are null outside of a repository or before its first commit
 */
export async function collectToolInfo(workspaceRoot: string): Promise<ToolInfo> {
  const manifest = manifestSchema.safeParse(
    JSON.parse(await readFile(join(workspaceRoot, 'package.json'), 'utf8')) as unknown,
  );
  const head = (await askGit(workspaceRoot, ['rev-parse', 'HEAD']))?.trim() ?? '';
  const gitSha = gitShaPattern.test(head) ? head : null;
  const status = gitSha === null ? null : await askGit(workspaceRoot, ['status', '--porcelain']);
  return {
    version: manifest.success ? manifest.data.version : '0.0.0',
    gitSha,
    dirty: status === null ? null : status.trim() !== '',
  };
}
