import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyWorkspace } from './workspace-copy.mjs';

/** @type {ReturnType<typeof copyWorkspace>} */
let workspace;
beforeAll(() => {
  workspace = copyWorkspace();
});
afterAll(() => workspace.remove());

const all = ['foundation embedded', 'ws-04 embedded', 'ws-05 embedded'];
const measure = (profile = 'embedded') => workspace.nx(['run', `sdxl-bench:ws-05:${profile}`]);

describe('measurements', { timeout: 240_000 }, () => {
  it('run once, with those they need, and are restored after that', () => {
    const first = measure();
    expect(first).toMatchObject({ code: 0, ran: all });
    expect(measure()).toMatchObject({ code: 0, ran: [] });
  });

  it('run again after a sampler is edited', () => {
    workspace.append('libs/comfy-embedded/src/engine/samplers/euler.ts', '\n// edited\n');
    expect(measure().ran).toContain('ws-05 embedded');
  });

  it('do not run again after a test is edited', () => {
    workspace.append('libs/comfy-client/README.md', '\nedited\n');
    expect(measure().ran).toEqual([]);
  });

  it('run again after a profile or a policy is edited', () => {
    workspace.append('bench/policies/embedded.toml', '\n# edited\n');
    expect(measure().ran).toContain('ws-05 embedded');
    workspace.append('bench/profiles/embedded.toml', '\n# edited\n');
    expect(measure().ran).toContain('ws-05 embedded');
  });

  it('are kept apart by profile, which their dependencies inherit', () => {
    expect(measure('comfyui').ran).toEqual(['foundation comfyui', 'ws-04 comfyui', 'ws-05 comfyui']);
  });

  it('that fail leave no verdict of an earlier run', () => {
    const verdict = join(workspace.folder, 'bench/results/m1/embedded/verdict.json');
    mkdirSync(join(verdict, '..'), { recursive: true });
    writeFileSync(verdict, '{"result":"pass"}');
    workspace.append('bench/policies/embedded.toml', '\n# edited again\n');
    const failed = workspace.nx(['run', 'gate-runner:m1:embedded'], { FAIL: 'ws-05' });
    expect(failed.code).not.toBe(0);
    expect(existsSync(verdict)).toBe(false);
  });
});

describe('affected tests', { timeout: 120_000 }, () => {
  it('are those of the touched lib and of what depends on it', () => {
    const { output } = workspace.nx([
      'show',
      'projects',
      '--affected',
      '--withTarget=test',
      '--files=libs/gates/src/index.ts',
      '--json',
    ]);
    expect(JSON.parse(output.slice(output.indexOf('['))).sort()).toEqual(['cli', 'gate-runner', 'gates']);
  });
});
