import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataset } from '../../test/sprite-dataset.ts';
import type { DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { checkLicences } from './check-licences.ts';
import { writePapers } from './document-dataset.ts';
import { renderCredits } from './render-credits.ts';

let root: string;
let folder: string;
let manifest: DatasetManifest;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dgx-pixels-licence-'));
  folder = await makeDataset(root, 3);
  manifest = await readManifest(folder);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const ann = { author: 'Ann', url: 'https://example.org/art', notice: null };
const kindsOf = (licence: object) =>
  checkLicences([{ ...manifest.images[0]!, licence: { spdx: null, ...ann, ...licence } }]).map(({ kind }) => kind);

describe('checkLicences', () => {
  it.each<[string | null, object, string[]]>([
    ['CC0-1.0', {}, []],
    ['CC0-1.0', { author: null, url: null }, []],
    ['CC-BY-4.0', {}, []],
    ['CC-BY-3.0', { author: null }, ['attribution-missing']],
    ['CC-BY-4.0', { url: null }, ['attribution-missing']],
    ['LicenseRef-OGA-BY-3.0', {}, []],
    ['MIT', {}, ['notice-missing']],
    ['MIT', { notice: 'MIT License …' }, []],
    ['CC-BY-SA-4.0', {}, ['licence-not-allowed']],
    ['CC-BY-NC-4.0', {}, ['licence-not-allowed']],
    ['CC-BY-ND-4.0', {}, ['licence-not-allowed']],
    ['GPL-3.0-only', {}, ['licence-not-allowed']],
    ['GPL-2.0+', {}, ['licence-not-allowed']],
    ['GPL-3.0-only OR CC0-1.0', {}, []],
    ['CC-BY-4.0 AND CC-BY-SA-3.0', {}, ['licence-not-allowed']],
    ['(MIT OR CC-BY-SA-4.0) AND CC0-1.0', {}, ['notice-missing']],
    ['Apache-2.0 WITH LLVM-exception', { notice: 'x' }, ['licence-not-allowed']],
    ['public domain', {}, ['licence-unreadable']],
    ['', {}, ['licence-unreadable']],
    [null, {}, ['licence-missing']],
  ])('judges %j with %j', (spdx, fields, expected) => {
    expect(kindsOf({ spdx, ...fields })).toEqual(expected);
  });

  it('knows pictures that a collection has no right to, by name and by hash', () => {
    const [first, second, third] = manifest.images;
    const policy = {
      excludedNames: new Set([first!.source.path.replace('.png', '')]),
      excludedSha256: new Set([second!.source.sha256]),
    };
    expect(checkLicences([first!, second!, third!], policy).map(({ kind, path }) => [kind, path])).toEqual([
      ['source-excluded', first!.name],
      ['source-excluded', second!.name],
    ]);
  });
});

describe('the papers of a dataset', () => {
  it('are the same bytes for the same manifest and day, and name every hash', async () => {
    const read = async () =>
      Promise.all(['CREDITS.md', 'README.md', 'croissant.json'].map((name) => readFile(join(folder, name), 'utf8')));
    expect(await writePapers(folder, '2026-11-23')).toEqual(['CREDITS.md', 'README.md', 'croissant.json']);
    const first = await read();
    await writePapers(folder, '2026-11-23');
    expect(await read()).toEqual(first);
    for (const { id, fileSha256 } of manifest.images) {
      expect(first[2]).toContain(fileSha256);
      expect(first[2]).toContain(`images/${id}.png`);
    }
  });

  it('show hostile names and notices as what they are', () => {
    const author = '# Eve](javascript:alert(1)) <img src=x>\n\n---\u202E';
    const notice = '```\n</pre><script>alert(1)</script>\n# not a heading';
    const images = manifest.images.map((image) => ({
      ...image,
      licence: { spdx: 'CC-BY-4.0', ...ann, author, notice },
    }));
    const credits = renderCredits({ ...manifest, images });
    expect(credits).not.toContain('](javascript:');
    expect(credits).not.toContain('<img');
    expect(credits.split('\n').filter((line) => line.startsWith('# '))).toEqual([
      '# Credits of dataset',
      '# not a heading',
    ]);
    expect(credits).toContain('````text\n```\n</pre>');
  });
});
