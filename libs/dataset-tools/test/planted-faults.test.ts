import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { plantArchiveFaults, plantFileFaults } from './plant-file-faults.ts';
import { plantPictureFaults } from './plant-picture-faults.ts';
import { writeSprites } from './sprite-dataset.ts';

const envelope = z.object({
  data: z.object({ faults: z.array(z.object({ kind: z.string(), path: z.string(), hint: z.string().min(1) })) }),
});

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dgx-pixels-planted-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs the real command. */
function dataset(...args: string[]) {
  const command = join(import.meta.dirname, '../../../apps/cli/bin/dgx-pixels.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'dataset', ...args, '--json'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { code: status, faults: envelope.parse(JSON.parse(stdout)).data.faults };
}

it('three commands turn a folder full of faults into an export; each fault is named, and nothing else', async () => {
  const [sprites, into, out, licences, archive] = ['sprites', 'dataset', 'export', 'licences.csv', 'more.zip'].map(
    (name) => join(root, name),
  ) as [string, string, string, string, string];
  mkdirSync(sprites);
  writeSprites(sprites, 20);
  const planted = [
    ...(await plantFileFaults(sprites)),
    ...plantArchiveFaults(archive),
    ...plantPictureFaults(sprites, licences),
  ];
  expect(new Set(planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(25);
  const terms = ['--licence', 'CC0-1.0', '--author', 'Ann', '--url', 'https://example.org/art', '--licences', licences];
  const ingested = dataset('ingest', sprites, archive, '--into', into, ...terms, '--trigger', 'blotstyle');
  const captioned = dataset('caption', into);
  const exported = dataset('export', into, '--out', out, '--size', '256');
  expect([ingested.code, captioned.code, exported.code]).toEqual([7, 0, 7]);
  const named = [...ingested.faults, ...captioned.faults, ...exported.faults].map(
    ({ kind, path }) => `${kind} ${path}`,
  );
  expect(named.sort()).toEqual(planted.map(({ kind, path }) => `${kind} ${path}`).sort());
  const proof = dataset('verify', into, '--export', out);
  expect(proof.faults.map(({ kind }) => kind).filter((kind) => !/^(licence|attribution|notice)-/.test(kind))).toEqual(
    [],
  );
}, 120_000);
