import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawSprite } from '../../test/draw-sprite.ts';
import { readTree } from '../../test/read-tree.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { ingestSources } from './ingest-sources.ts';

let folder: string;
let into: string;
let sprites: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingest-'));
  [into, sprites] = [join(folder, 'dataset'), join(folder, 'sprites')];
  mkdirSync(sprites);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function drawMany(count: number): void {
  for (let seed = 0; seed < count; seed++)
    writeFileSync(join(sprites, `sprite${String(seed).padStart(3, '0')}.png`), packPng(drawSprite(seed)));
}

const fromFolder = () => ({ into, sources: [{ kind: 'folder' as const, path: sprites }] });

describe('an ingest that is cut off', () => {
  const loader = fileURLToPath(new URL('../../../../tools/source-loader/register.mjs', import.meta.url));
  const child = fileURLToPath(new URL('../../test/ingest-until-killed.ts', import.meta.url));

  async function ingestAndKillAfter(files: number): Promise<void> {
    const flags = ['--conditions=@dgx-pixels/source', '--import', loader];
    const running = spawn(process.execPath, [...flags, child, JSON.stringify(fromFolder())], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    running.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.trim().split('\n').length >= files) running.kill('SIGKILL');
    });
    await once(running, 'close');
    expect(running.signalCode).toBe('SIGKILL');
  }

  it('goes on after a kill and ends with the same bytes', async () => {
    drawMany(150);
    await ingestSources(fromFolder());
    const undisturbed = readTree(into);
    for (const files of [1, 20, 100]) {
      rmSync(into, { recursive: true });
      await ingestAndKillAfter(files);
      expect(readdirSync(into)).toContain('ingest.journal.jsonl');
      expect(readdirSync(into)).not.toContain('dataset.json');
      const report = await ingestSources(fromFolder());
      expect(report).toMatchObject({ images: 150, added: 150, faults: [] });
      expect(readTree(into)).toEqual(undisturbed);
    }
  });

  it('goes on after an abort, with a torn journal, torn files and drafts', async () => {
    drawMany(40);
    await ingestSources(fromFolder());
    const undisturbed = readTree(into);
    rmSync(into, { recursive: true });
    const stop = new AbortController();
    const stopped = ingestSources(fromFolder(), {
      signal: stop.signal,
      onProgress: (done) => done === 20 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
    appendFileSync(join(into, 'ingest.journal.jsonl'), '{"origin":"sprites","path":"mon');
    const [image = '', ...others] = readdirSync(join(into, 'images'));
    writeFileSync(join(into, 'images', image), '');
    rmSync(join(into, 'images', others[0] ?? ''));
    writeFileSync(join(into, 'images', `${image}.12-34-5.tmp`), 'half');

    await ingestSources(fromFolder());
    expect(readTree(into)).toEqual(undisturbed);
  });

  it('leaves nothing of a request that was given up for another', async () => {
    drawMany(40);
    const stop = new AbortController();
    const stopped = ingestSources(
      { ...fromFolder(), scale: 2 },
      { signal: stop.signal, onProgress: (done) => done === 20 && stop.abort() },
    );
    await expect(stopped).rejects.toThrow('aborted');
    await ingestSources(fromFolder());
    const { images } = await readManifest(into);
    expect(readdirSync(join(into, 'images')).sort()).toEqual(images.map(({ id }) => `${id}.png`).sort());
  });
});
