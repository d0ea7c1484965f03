import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectToolInfo } from './tool-info.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-tool-'));
  await writeFile(join(folder, 'package.json'), '{"version":"1.2.3"}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('collectToolInfo', () => {
  it('has no commit outside of a repository and before the first commit', async () => {
    expect(await collectToolInfo(folder)).toEqual({ version: '1.2.3', gitSha: null, dirty: null });
    git('init', '-q');
    expect(await collectToolInfo(folder)).toEqual({ version: '1.2.3', gitSha: null, dirty: null });
  });

  it('names the commit and whether there are changes', async () => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    const gitSha = git('rev-parse', 'HEAD').trim();
    expect(await collectToolInfo(folder)).toEqual({ version: '1.2.3', gitSha, dirty: false });
    await writeFile(join(folder, 'new.txt'), '');
    expect(await collectToolInfo(folder)).toEqual({ version: '1.2.3', gitSha, dirty: true });
  });
});
