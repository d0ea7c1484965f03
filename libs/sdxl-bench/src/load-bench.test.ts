import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeWorkspace, repositoryRoot } from '../test/temporary-workspace.ts';
import type { TemporaryWorkspace } from '../test/temporary-workspace.ts';
import { listProfiles } from './definition/load-profile.ts';
import { loadBench } from './load-bench.ts';

let workspace: TemporaryWorkspace;

beforeEach(async () => {
  workspace = await makeWorkspace();
});

afterEach(() => workspace.remove());

describe('the shipped profiles', () => {
  it.each(['embedded', 'comfyui', 'gb10-fast', 'gb10-full'])(
    '%s can be read, with everything it names',
    async (name) => {
      const bench = await loadBench(workspace.root, name);
      expect(bench.profile.name).toBe(name);
      expect(bench.files.policy.path).toBe(`bench/policies/${name}.toml`);
      for (const { name: scenario, batchSize, width, height, expect: answer } of bench.definition.scenarios) {
        expect(answer, scenario).toEqual({ images: batchSize, width, height });
      }
    },
  );

  it('are those that there are, and each definition is used', async () => {
    const names = await listProfiles(workspace.root);
    expect(names).toEqual(['comfyui', 'embedded', 'gb10-fast', 'gb10-full']);
    const used = await Promise.all(
      names.map(async (name) => (await loadBench(workspace.root, name)).profile.definition),
    );
    const present = await readdir(join(repositoryRoot, 'bench/definitions'));
    expect(new Set(used)).toEqual(new Set(present.map((file) => `bench/definitions/${file}`)));
  });

  it('keep at least 24 pictures of different prompts under embedded', async () => {
    const { profile, definition } = await loadBench(workspace.root, 'embedded');
    const singles = definition.scenarios.filter((scenario) => scenario.batchSize === 1);
    expect(definition.prompts.length).toBeGreaterThanOrEqual(24);
    for (const scenario of singles)
      expect(Math.min(scenario.measuredRuns, profile.samples.keptImages)).toBeGreaterThanOrEqual(24);
  });
});

describe('the prompts of the bundled model', () => {
  it('use only words that it knows', async () => {
    const file = await readFile(join(repositoryRoot, 'libs/pixel-model/model/vocab.json'), 'utf8');
    const vocabulary = z.object({ pattern: z.string(), tokens: z.array(z.string()) }).parse(JSON.parse(file));
    const { definition } = await loadBench(workspace.root, 'embedded');
    const words = definition.prompts.flatMap((prompt) => prompt.match(new RegExp(vocabulary.pattern, 'g')) ?? []);
    expect(words.filter((word) => !vocabulary.tokens.includes(word))).toEqual([]);
  });
});

describe('loadBench', () => {
  it('names file, line and key of every fault of a profile at once', async () => {
    const edited = await workspace.edit('bench/profiles/embedded.toml', (text) =>
      text
        .replace(/^steps = .*$/m, 'steps = "many"')
        .replace(/^warmup_runs = .*$/m, 'warmup_runs = 0\nwarm_up = 2')
        .replace('kind = "embedded"', 'kind = "other"'),
    );
    const at = (key: string) => `embedded.toml:${edited.split('\n').findIndex((line) => line.startsWith(key)) + 1}: `;
    const attempt = loadBench(workspace.root, 'embedded');
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_PROFILE_INVALID' });
    await expect(attempt).rejects.toThrow(`${at('steps')}recipe.steps: Invalid input`);
    await expect(attempt).rejects.toThrow(`${at('warmup_runs')}samples.warmup_runs: Too small`);
    await expect(attempt).rejects.toThrow(`${at('warm_up')}samples.warm_up: is not a known key`);
    await expect(attempt).rejects.toThrow(`${at('kind')}engine.kind: Invalid discriminator`);
  });

  it('names the line of malformed TOML', async () => {
    await workspace.write('bench/profiles/embedded.toml', 'name = "embedded"\n\nsteps = = 20\n');
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow(
      'bench/profiles/embedded.toml:3: invalid value',
    );
  });

  it('refuses an unknown profile and names those that there are', async () => {
    const attempt = loadBench(workspace.root, 'gb10');
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_PROFILE_UNKNOWN' });
    await expect(attempt).rejects.toThrow('comfyui, embedded, gb10-fast, gb10-full');
    await expect(loadBench(workspace.root, '../policies/embedded')).rejects.toMatchObject({
      code: 'BENCH_PROFILE_UNKNOWN',
    });
  });

  it('refuses a profile that calls itself otherwise', async () => {
    await workspace.edit('bench/profiles/embedded.toml', (text) =>
      text.replace('name = "embedded"', 'name = "gb10-fast"'),
    );
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow('is "gb10-fast", the file is named "embedded"');
  });

  it('refuses a policy that is not there, and a path that leaves the workspace', async () => {
    await workspace.edit('bench/profiles/embedded.toml', (text) =>
      text.replace('policies/embedded', 'policies/absent'),
    );
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow('bench/policies/absent.toml');
    await workspace.edit('bench/profiles/embedded.toml', (text) =>
      text.replace('bench/policies/absent', '../../absent'),
    );
    await expect(loadBench(workspace.root, 'embedded')).rejects.toMatchObject({ code: 'BENCH_PROFILE_INVALID' });
  });

  it('names the line of a faulty scenario, and scenarios that occur twice', async () => {
    const path = 'bench/definitions/sprites.toml';
    await workspace.edit(path, (text) => text.replace('width = 128\n', 'width = 130\n'));
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow(/sprites\.toml:\d+: scenario\.0\.width: /);
    await workspace.edit(path, (text) =>
      text.replace('width = 130', 'width = 128').replace('"128-batch8"', '"128-single"'),
    );
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow('a scenario name occurs twice');
  });

  it('refuses a parameter that points to no input', async () => {
    const path = 'bench/workflows/txt2img.parameters.json';
    await workspace.edit(path, (text) =>
      text.replace('/5/inputs/seed', '/5/inputs/noise_seed').replace('/2/inputs/text', '/2/text'),
    );
    const attempt = loadBench(workspace.root, 'embedded');
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_WORKFLOW_INVALID' });
    await expect(attempt).rejects.toThrow(/positive points to \/2\/text.*seed points to \/5\/inputs\/noise_seed/);
  });

  it('refuses a workflow that is no JSON or in the editor format', async () => {
    await workspace.write('bench/workflows/txt2img.api.json', '{"nodes": [], "links": []}');
    await expect(loadBench(workspace.root, 'embedded')).rejects.toMatchObject({ code: 'BENCH_WORKFLOW_INVALID' });
    await workspace.write('bench/workflows/txt2img.api.json', '{');
    await expect(loadBench(workspace.root, 'embedded')).rejects.toThrow('txt2img.api.json cannot be used');
  });
});
