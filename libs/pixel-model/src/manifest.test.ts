import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PixelModelError, pixelModelDirectory, readManifest, readVocabulary } from './index.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pixel-model-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function failure(action: () => unknown): PixelModelError {
  try {
    action();
  } catch (error) {
    if (error instanceof PixelModelError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readManifest', () => {
  it('names the graphs, their inputs and outputs, and where every weight lies', () => {
    const manifest = readManifest();
    const { unet, unet_context: context } = manifest.graphs;
    expect(context.inputs).toEqual(['encoder_hidden_states']);
    expect(unet.inputs).toEqual(['sample', 'timestep', 'text_embeds', 'time_ids', ...context.outputs]);
    expect(new Set(context.outputs).size).toBe(14);
    expect(manifest.graphs.text_encoder_2.outputs).toEqual(['hidden', 'hidden_last', 'hidden_normed', 'pooled']);
    const weights = readFileSync(join(pixelModelDirectory(), 'pixel-sprites.safetensors'));
    for (const tensor of Object.values(manifest.tensors)) {
      const values = tensor.shape.reduce((product, size) => product * size, 1);
      expect(tensor.byteLength).toBe(2 * values);
      expect(tensor.byteOffset + tensor.byteLength).toBeLessThanOrEqual(weights.byteLength);
    }
    const [first] = manifest.tensors['text_encoder_2.text_projection.weight']?.shape ?? [];
    expect(first).toBe(manifest.config.pooledWidth);
  });

  it('tells all faults of a wrong manifest at once', () => {
    const manifest = readManifest();
    const wrong = { ...manifest, license: 7, config: { ...manifest.config, scalingFactor: -1 }, files: [] };
    const error = failure(() => readManifest(folderWith({ 'manifest.json': JSON.stringify(wrong) })));
    expect(error.code).toBe('PIXEL_MODEL_FILE_INVALID');
    expect(error.message).toMatch(/license.*files.*config\.scalingFactor|config\.scalingFactor.*files/);
    expect(String(error.details['faults'])).toContain('license');
  });

  it('says which file is missing or no JSON', () => {
    expect(failure(() => readManifest(folderWith({}))).code).toBe('PIXEL_MODEL_FILE_MISSING');
    const broken = failure(() => readManifest(folderWith({ 'manifest.json': '{"schema":' })));
    expect(broken.message).toBe('manifest.json is not JSON');
    expect(broken.hint).toContain('git checkout');
  });
});

describe('readVocabulary', () => {
  it('holds the words of the model once each, special tokens first', () => {
    const vocabulary = readVocabulary();
    expect(vocabulary).toMatchObject({ maxTokens: 24, begin: 0, end: 1, pad: 1, unknown: 2 });
    expect(vocabulary.tokens).toEqual(expect.arrayContaining(['red', 'bird', 'transparent', 'face']));
    const pattern = new RegExp(`^${vocabulary.pattern}$`);
    expect(vocabulary.tokens.slice(3).filter((word) => !pattern.test(word))).toEqual([]);
  });

  it('refuses a token that stands twice and an id beyond the end', () => {
    const vocabulary = { ...readVocabulary(), unknown: 9999 };
    vocabulary.tokens = [...vocabulary.tokens, 'red'];
    const error = failure(() => readVocabulary(folderWith({ 'vocab.json': JSON.stringify(vocabulary) })));
    expect(error.message).toContain('9999 is no index of the tokens');
    expect(error.message).toContain('a token stands twice');
  });
});
