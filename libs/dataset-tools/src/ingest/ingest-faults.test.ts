import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawSprite } from '../../test/draw-sprite.ts';
import { plantArchiveFaults, plantFileFaults, type PlantedFault } from '../../test/plant-file-faults.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { ingestSources } from './ingest-sources.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'ingest-faults-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asText = ({ path, kind }: PlantedFault) => `${path}: ${kind}`;

describe('a folder with planted faults', () => {
  it('has each of them named, and nothing else, while the good files are taken in', async () => {
    const sources = join(folder, 'sprites');
    const planted = await plantFileFaults(sources);
    writeFileSync(join(sources, 'good one.png'), packPng(drawSprite(1)));
    const into = join(folder, 'dataset');

    const report = await ingestSources({ into, sources: [{ kind: 'folder', path: sources }] });

    expect(report.faults.map(asText).sort()).toEqual(planted.map(asText).sort());
    expect((await readManifest(into)).images.map(({ name }) => name)).toEqual(['good-one', 'hero', 'really-a']);
  });

  it('says what was found in each', async () => {
    const sources = join(folder, 'sprites');
    await plantFileFaults(sources);
    const report = await ingestSources({ into: join(folder, 'dataset'), sources: [{ kind: 'folder', path: sources }] });
    const messages = Object.fromEntries(report.faults.map(({ path, message }) => [path, message]));

    expect(messages['bomb.png']).toBe('the header says 10000×10000 pixels');
    expect(messages['walk.gif']).toBe('GIF with 2 frames');
    expect(messages['zip.png']).toBe('ZIP archive named .png');
    expect(messages['huge.png']).toBe('it has 67108865 bytes');
    expect(messages['really-a.gif']).toBe('PNG named .gif; .png fits');
  });
});

describe('an archive with planted faults', () => {
  it('has each entry named, and nothing else, while the good one is taken in', async () => {
    const archive = join(folder, 'pack.zip');
    const planted = plantArchiveFaults(archive);
    const into = join(folder, 'dataset');

    const report = await ingestSources({ into, sources: [{ kind: 'zip', path: archive }] });

    expect(report.faults.map(asText).sort()).toEqual(planted.map(asText).sort());
    expect((await readManifest(into)).images.map(({ source }) => source.path)).toEqual(['good.png']);
  });

  it('is one fault when it is no archive, or torn', async () => {
    for (const bytes of [Buffer.from('no archive'), Buffer.from('PK\x03\x04 torn')]) {
      writeFileSync(join(folder, 'torn.zip'), bytes);
      const report = await ingestSources({
        into: join(folder, 'dataset'),
        sources: [{ kind: 'zip', path: join(folder, 'torn.zip') }],
      });
      expect(report.faults.map(asText)).toEqual(['torn.zip: archive-damaged']);
    }
  });
});
