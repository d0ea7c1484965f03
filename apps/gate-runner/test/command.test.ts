import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');
const repository = join(import.meta.dirname, '../../..');
let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'gate-runner-'));
  await cp(join(repository, 'bench/policies'), join(workspace, 'bench/policies'), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

/** Runs the command as its own process; the test process already has the flags that load TypeScript. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const child = spawnSync(process.execPath, [...process.execArgv, main, ...args], {
    cwd: workspace,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

describe('gate-runner', () => {
  it('ends with the gate’s statement and its exit code', () => {
    const { code, out } = run('m0', '--profile=embedded');
    expect(code).toBe(8);
    expect(out.split('\n')[0]).toBe('Gate m0, profile embedded, policy bench/policies/embedded.toml');
    expect(out.trimEnd().split('\n').at(-1)).toBe('M0 Gate (embedded): UNDECIDED — GB10 not judged');
    expect(out).toContain('next: npx nx run host-telemetry:foundation:embedded');
  });

  it('prints the verdict as JSON on request', () => {
    const { code, out } = run('m1', '--json');
    expect(code).toBe(8);
    expect(JSON.parse(out)).toMatchObject({ schema: 'dgx-pixels/verdict/v1', gate: 'm1', profile: 'embedded' });
  });

  it('names fault and remedy, with the exit code of the table', () => {
    const { code, err } = run('m7');
    expect(code).toBe(2);
    expect(err).toBe('GATE_UNKNOWN: Gate "m7" is not known\n  next: Use m0 or m1\n');
  });

  it.each([
    [['m7', '--json'], 2, 'GATE_UNKNOWN'],
    [['m0', '--profile=x', '--json'], 2, 'GATE_PROFILE_UNKNOWN'],
    [['--json', '--colour'], 2, 'GATE_USAGE'],
  ])('prints the fault of %j as one envelope', (args, exitCode, name) => {
    const { code, out, err } = run(...args);
    expect({ code, err }).toEqual({ code: exitCode, err: '' });
    expect(out).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'dgx-pixels/envelope/v1',
      ok: false,
      command: 'gate-runner',
      data: null,
      error: { code: name, hint: expect.any(String) as string },
      warnings: [],
      next: [expect.any(String) as string],
    });
  });

  it('says which verdict could not be written, and leaves none', async () => {
    const results = join(workspace, 'bench/results');
    await rm(results, { recursive: true, force: true });
    await writeFile(results, 'a file where the folder should be');
    const { code, err } = run('m0');
    await rm(results);
    expect(code).toBe(4);
    expect(err).toMatch(
      /^GATE_VERDICT_UNWRITABLE: bench\/results\/m0\/embedded.* was not written: E\w+.*\n {2}next: Free disk/,
    );
  });
});
