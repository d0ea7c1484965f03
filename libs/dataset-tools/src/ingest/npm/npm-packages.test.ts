import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawSprite } from '../../../test/draw-sprite.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { packPng } from '../../pixels/png/pack-png.ts';
import { ingestSources } from '../ingest-sources.ts';
import { packPackage } from './pack-package.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'packages-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A tarball as npm makes them. */
async function tarball(name: string, files: Readonly<Record<string, Uint8Array | string>>) {
  const tar = pack();
  for (const [path, content] of Object.entries(files)) tar.entry({ name: `package/${path}` }, Buffer.from(content));
  tar.entry({ name: 'package/icons/PNG/for-light-mode/24px/solid/link.png', type: 'symlink', linkname: '/etc/passwd' });
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) if (Buffer.isBuffer(part)) parts.push(part);
  const bytes = gzipSync(Buffer.concat(parts));
  const path = join(folder, 'package.tgz');
  writeFileSync(path, bytes);
  return {
    kind: 'package' as const,
    path,
    package: name,
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
  };
}

const icon = (mode: string, size: number, style: string, name: string) =>
  `icons/PNG/for-${mode}-mode/${size}px/${style}/${name}.png`;

const icons = () =>
  tarball('@hackernoon/pixel-icon-library', {
    [icon('light', 24, 'solid', 'heart')]: packPng(drawSprite(1, 24)),
    [icon('light', 24, 'regular', 'heart')]: packPng(drawSprite(2, 24)),
    [icon('dark', 24, 'solid', 'heart')]: packPng(drawSprite(3, 24)),
    [icon('light', 12, 'solid', 'heart')]: packPng(drawSprite(4, 12)),
    [icon('light', 24, 'brands', 'acme')]: packPng(drawSprite(5, 24)),
    'package.json': '{}',
  });

function crew() {
  const url = (seed: number) => `data:image/png;base64,${packPng(drawSprite(seed)).toString('base64')}`;
  return tarball('@kaplayjs/crew', {
    'dist/index.mjs': [
      'throw new Error("a package is never run");',
      `// packs/KAWorld/Sprites/apple/apple-o.png\nvar apple_o_default = "${url(1)}";\n`,
      `// packs/KAWorld/Sprites/apple/apple.png\nvar apple_default = "${url(2)}";\n`,
      '// packs/KAWorld/Sprites/apple/apple.ts\nvar appleData = {\n  kind: "Sprite",\n  name: "Apple",\n  author: "ann",\n  sprite: apple_default,\n  outlined: apple_o_default\n};\n',
      `// packs/Brand/Sprites/logo/logo.png\nvar logo_default = "${url(3)}";\n`,
      '// packs/Brand/Sprites/logo/logo.ts\nvar logoData = {\n  kind: "Sprite",\n  sprite: logo_default,\n};\n',
      `// packs/KAWorld/Fonts/happy.png\nvar happy_default = "${url(4)}";\n`,
      '// packs/KAWorld/Fonts/happy.ts\nvar happyData = {\n  kind: "Font",\n  sprite: happy_default,\n};\n',
    ].join('\n'),
  });
}

async function namesOf(into: string): Promise<readonly (string | null)[][]> {
  return (await readManifest(into)).images.map(({ name, licence }) => [name, licence.spdx, licence.author]);
}

describe('the pixel icon library', () => {
  it('gives the icons that were chosen, without brands, under the licence of the icons', async () => {
    const source = await icons();
    const into = join(folder, 'solid');
    const report = await ingestSources({ into, sources: [source] });
    expect(report.faults).toEqual([]);
    expect(await namesOf(into)).toEqual([['solid/heart', 'CC-BY-4.0', 'HackerNoon']]);
    const both = join(folder, 'both');
    await ingestSources({ into: both, sources: [{ ...source, options: { style: 'both' } }] });
    expect((await namesOf(both)).map(([name]) => name)).toEqual(['regular/heart', 'solid/heart']);
  });
});

describe('the KAPLAY crew', () => {
  it('gives the sprites of the bundle with their authors, without logos, fonts and running it', async () => {
    const into = join(folder, 'crew');
    await ingestSources({ into, sources: [await crew()] });
    expect(await namesOf(into)).toEqual([['KAWorld/apple', 'CC0-1.0', 'ann (KAPLAY crew)']]);
    const outlined = join(folder, 'outlined');
    await ingestSources({ into: outlined, sources: [{ ...(await crew()), options: { outline: 'with' } }] });
    expect((await namesOf(outlined)).map(([name]) => name)).toEqual(['KAWorld/apple-o']);
  });
});

describe('a package', () => {
  it.each([
    ['has another hash', { integrity: `sha512-${Buffer.alloc(64).toString('base64')}` }, /has the hash sha512-/],
    ['has no importer', { package: 'left-pad' }, /no importer for left-pad; there is one for @hackernoon/],
    ['has no such option', { options: { colour: 'red' } }, /no option colour, but style, size, mode/],
    ['has no such value', { options: { size: '25' } }, /option size is 25, not one of 24, 12, 16, 48/],
    ['is not there', { path: 'nowhere.tgz' }, /nowhere.tgz cannot be read/],
  ])('is refused when it %s', async (_what, changes, message) => {
    const source = { ...(await icons()), ...changes };
    await expect(ingestSources({ into: join(folder, 'dataset'), sources: [source] })).rejects.toThrow(message);
  });

  it('is refused when its tarball is torn or empty, also with the right hash', async () => {
    const source = await icons();
    for (const bytes of [
      readFileSync(source.path).subarray(0, 200),
      Buffer.from('no tarball'),
      gzipSync(Buffer.alloc(1024)),
    ]) {
      writeFileSync(source.path, bytes);
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      const request = { into: join(folder, 'dataset'), sources: [{ ...source, integrity }] };
      await expect(ingestSources(request)).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
    }
  });
});

describe('packPackage', () => {
  /** Runs an action with a program named npm before all others on the path. */
  async function withNpm<Result>(script: string, action: () => Promise<Result>): Promise<Result> {
    writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'npm'), 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${folder}${delimiter}${before ?? ''}`;
    try {
      return await action();
    } finally {
      process.env['PATH'] = before;
    }
  }

  it('has npm fetch one version without running its scripts', async () => {
    const answer = JSON.stringify([{ filename: 'kaplayjs-crew-2.1.0.tgz', integrity: 'sha512-abc', version: '2.1.0' }]);
    const packed = await withNpm(`echo "$@" > "${folder}/arguments"; echo '${answer}'`, () =>
      packPackage('@kaplayjs/crew', '2.1.0', folder),
    );
    expect(packed).toEqual({
      path: join(folder, 'kaplayjs-crew-2.1.0.tgz'),
      integrity: 'sha512-abc',
      version: '2.1.0',
    });
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe(
      `pack @kaplayjs/crew@2.1.0 --ignore-scripts --json --pack-destination ${folder}\n`,
    );
  });

  it('says what npm said when it fails, and gives up in time', async () => {
    const failing = withNpm('echo "npm error 404 Not Found" >&2; exit 1', () => packPackage('none', '1.0.0', folder));
    await expect(failing).rejects.toThrow(/npm could not fetch none@1.0.0: npm error 404 Not Found/);
    const endless = withNpm('exec sleep 60', () => packPackage('none', '1.0.0', folder, { timeoutMs: 100 }));
    await expect(endless).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
  });

  it('passes nothing to npm that is no package with a version', async () => {
    for (const name of ['--global', '../x', 'a b', 'https://example.org/x.tgz']) {
      await expect(packPackage(name, '1.0.0', folder)).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
    }
  });
});
