import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pixelModelDirectory, verifyPixelModel } from './index.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A model folder whose manifest is the bundled one, but whose files are small. */
function smallModel(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pixel-model-'));
  folders.push(folder);
  const manifest = JSON.parse(readFileSync(join(pixelModelDirectory(), 'manifest.json'), 'utf8')) as {
    files: { path: string; bytes: number; sha256: string }[];
  };
  for (const file of manifest.files) {
    const content = `content of ${file.path}`;
    writeFileSync(join(folder, file.path), content);
    file.bytes = content.length;
    file.sha256 = createHash('sha256').update(content).digest('hex');
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

describe('verifyPixelModel', () => {
  it('finds the bundled files as the manifest names them, at most 20 MB', async () => {
    const result = await verifyPixelModel();
    expect(result).toMatchObject({ ok: true, files: 12 });
    expect(result.ok && result.bytes).toBeLessThan(20e6);
  });

  it('tells every difference at once', async () => {
    const folder = smallModel();
    expect(await verifyPixelModel(folder)).toMatchObject({ ok: true });
    appendFileSync(join(folder, 'unet.onnx'), '!');
    unlinkSync(join(folder, 'vocab.json'));
    const weights = join(folder, 'pixel-sprites.safetensors');
    writeFileSync(weights, readFileSync(weights, 'utf8').replace('content', 'CONTENT'));
    const result = await verifyPixelModel(folder);
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.faults.map(({ path, problem }) => `${path} ${problem}`).sort()).toEqual([
      'pixel-sprites.safetensors sha256',
      'unet.onnx size',
      'vocab.json missing',
    ]);
  });
});
