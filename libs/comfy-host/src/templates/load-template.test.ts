import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspaceRoot as realRoot } from '../../test/template.ts';
import { adaptersOf, listTemplates, loadTemplate } from './load-template.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-templates-'));
  await cp(new URL('bench/workflows', realRoot), join(root, 'bench/workflows'), { recursive: true });
});

afterEach(() => rm(root, { recursive: true, force: true }));

const file = (name: string): string => join(root, 'bench/workflows', name);

describe('loadTemplate', () => {
  it('reads every template that ships, with its fixtures and the hashes of all of it', async () => {
    const names = await listTemplates(root);
    expect(names.length).toBeGreaterThanOrEqual(12);
    for (const name of names) {
      const { template, inputs, fixtures } = await loadTemplate(root, name);
      expect(template.description).not.toBe('');
      expect(inputs.length).toBe(2 + fixtures.length);
      for (const { path, sha256 } of inputs) expect(sha256Hex(await readFile(join(root, path)))).toBe(sha256);
    }
  });

  it('knows which adapters its templates need, none of them large', async () => {
    const lora = await loadTemplate(root, 'lora');
    expect(adaptersOf([lora])).toEqual([file('fixtures/seeded-adapter.safetensors')]);
    expect(lora.fixtures[0]?.bytes.length).toBeLessThanOrEqual(200_000);
    expect(adaptersOf([await loadTemplate(root, 'img2img')])).toEqual([]);
  });

  it.each(['nowhere', '../profiles/embedded', 'txt2img.api', ''])(
    'does not know %j and names those it does',
    async (name) => {
      await expect(loadTemplate(root, name)).rejects.toMatchObject({
        code: 'ENGINE_HOST_TEMPLATE_UNKNOWN',
        message: expect.stringContaining('txt2img-fast') as string,
      });
    },
  );

  it.each([
    ['lora.parameters.json', '{', 'JSON'],
    ['lora.api.json', '{"nodes": []}', 'API format'],
    ['lora.parameters.json', '{"workflow": "lora.api.json", "parameters": 1}', '/parameters'],
  ])('refuses %s of %j', async (name, text, message) => {
    await writeFile(file(name), text);
    await expect(loadTemplate(root, 'lora')).rejects.toMatchObject({ code: 'ENGINE_HOST_TEMPLATE_UNUSABLE' });
    await expect(loadTemplate(root, 'lora')).rejects.toThrow(message);
  });

  it('refuses a template without its fixture, and one that describes another workflow', async () => {
    await rm(file('fixtures/red-bird.png'));
    await expect(loadTemplate(root, 'img2img')).rejects.toThrow('red-bird.png');
    await cp(file('txt2img.parameters.json'), file('batch.parameters.json'));
    await expect(loadTemplate(root, 'batch')).rejects.toThrow('it describes txt2img.api.json');
  });

  it('refuses a fixture outside of the workspace', async () => {
    const text = await readFile(file('img2img.parameters.json'), 'utf8');
    await writeFile(
      file('img2img.parameters.json'),
      text.replace('bench/workflows/fixtures/red-bird.png', '../../secret.png'),
    );
    await expect(loadTemplate(root, 'img2img')).rejects.toThrow('must be a path inside the workspace');
  });
});

it('bench/workflows/README.md has a line for each template with all of its parameters', async () => {
  const text = await readFile(file('README.md'), 'utf8');
  for (const name of await listTemplates(root)) {
    const { template } = await loadTemplate(root, name);
    const parameters = [...template.parameters.keys()].map((parameter) => `\`${parameter}\``).join(', ');
    expect(text).toContain(`- \`${name}\`: ${template.description}. ${parameters}`);
  }
});

it('the adapter of the LoRA templates is what its script writes', async () => {
  const script = file('fixtures/make-seeded-adapter.mjs');
  const before = await readFile(file('fixtures/seeded-adapter.safetensors'));
  await rm(file('fixtures/seeded-adapter.safetensors'));
  await import(script);
  expect(await readFile(file('fixtures/seeded-adapter.safetensors'))).toEqual(before);
});
