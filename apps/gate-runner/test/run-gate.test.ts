import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictSchema } from '@dgx-pixels/gates';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWorkspace } from '../src/find-workspace.ts';
import { runGate } from '../src/run-gate.ts';

const repository = join(import.meta.dirname, '../../..');
let workspaceRoot: string;
beforeEach(async () => {
  workspaceRoot = await mkdtemp(join(tmpdir(), 'gate-runner-'));
  await cp(join(repository, 'bench/policies'), join(workspaceRoot, 'bench/policies'), { recursive: true });
});
afterEach(() => rm(workspaceRoot, { recursive: true, force: true }));

const folder = (): string => join(workspaceRoot, 'bench/results/m1/embedded');

describe('runGate', () => {
  it('replaces an old verdict by what the evidence says now', async () => {
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), 'verdict.json'), '{"result":"pass"}');
    await writeFile(join(folder(), 'contact-sheet.png'), 'old');
    const { verdict, contactSheetPath } = await runGate({ workspaceRoot, gate: 'm1', profile: 'embedded' });
    expect([verdict.result, verdict.exitCode, contactSheetPath]).toEqual(['undecided', 8, null]);
    expect((await readdir(folder())).sort()).toEqual(['verdict.json', 'verdict.md']);
    const written: unknown = JSON.parse(await readFile(join(folder(), 'verdict.json'), 'utf8'));
    expect(verdictSchema.parse(written)).toEqual(verdict);
    expect(await readFile(join(folder(), 'verdict.md'), 'utf8')).toContain('M1 Gate (embedded): UNDECIDED');
  });

  it('leaves no old verdict when judging fails', async () => {
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), 'verdict.json'), '{"result":"pass"}');
    await writeFile(join(workspaceRoot, 'bench/policies/embedded.toml'), 'not = = toml');
    await expect(runGate({ workspaceRoot, gate: 'm1', profile: 'embedded' })).rejects.toThrow('embedded.toml:1');
    await expect(access(folder())).rejects.toThrow('ENOENT');
  });

  it('removes nothing for a gate or profile that it does not know', async () => {
    await mkdir(folder(), { recursive: true });
    await expect(runGate({ workspaceRoot, gate: '../m1', profile: 'embedded' })).rejects.toThrow('is not known');
    await expect(runGate({ workspaceRoot, gate: 'm1', profile: '..' })).rejects.toThrow('is not known');
    await access(folder());
  });
});

describe('findWorkspace', () => {
  it('looks upwards', async () => {
    await mkdir(folder(), { recursive: true });
    expect(await findWorkspace(folder())).toBe(workspaceRoot);
    await expect(findWorkspace(tmpdir())).rejects.toThrow('No bench/policies above');
  });
});
