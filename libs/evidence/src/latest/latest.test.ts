import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../test/code-of.ts';
import { benchmarkRecord, engineCheckRecord, soundRows } from '../../test/sound-records.ts';
import { formatSampleRows } from '../sample-rows.ts';
import { discardLatest } from './discard-latest.ts';
import { readLatest } from './read-latest.ts';
import { writeLatest } from './write-latest.ts';

let root: string;
let latest: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evidence-latest-'));
  latest = join(root, 'bench/results/ws-05/embedded/latest');
  await write();
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(): Promise<void> {
  await writeLatest({
    directory: latest,
    records: [{ name: '128-single', record: benchmarkRecord() }],
    artifacts: [{ path: '128-single.samples.jsonl', data: formatSampleRows(soundRows) }],
  });
}

const faultsOf = async (): Promise<[string, string][]> =>
  (await readLatest(latest)).faults.map((fault) => [fault.path.slice(latest.length + 1), fault.code]);

describe('writeLatest and readLatest', () => {
  it('give back what was written, without faults', async () => {
    const evidence = await readLatest(latest);
    expect(evidence.faults).toEqual([]);
    expect(evidence.records.map((entry) => entry.name)).toEqual(['128-single']);
    expect([...evidence.artifacts.keys()]).toEqual(['128-single.samples.jsonl']);
  });

  it('replace the folder as a whole and leave nothing beside it', async () => {
    const image = 'not really a PNG file';
    await writeFile(join(root, 'check.png'), image);
    await writeLatest({
      directory: latest,
      records: [{ name: 'engine', record: engineCheckRecord() }],
      artifacts: [{ path: 'images/check.png', file: join(root, 'check.png') }],
    });
    expect((await readdir(latest)).sort()).toEqual(['engine.json', 'images', 'seal.json']);
    expect(await readdir(join(latest, '..'))).toEqual(['latest']);
    expect(await faultsOf()).toEqual([]);
  });

  it('refuse artifacts that differ from the record and keep the old folder', async () => {
    const contents = { directory: latest, records: [{ name: 'x', record: benchmarkRecord() }] };
    expect(await codeOf(() => writeLatest(contents))).toBe('EVIDENCE_ARTIFACT_MISMATCH');
    const artifacts = [{ path: '128-single.samples.jsonl', data: 'other' }];
    expect(await codeOf(() => writeLatest({ ...contents, artifacts }))).toBe('EVIDENCE_ARTIFACT_MISMATCH');
    expect(await faultsOf()).toEqual([]);
    expect(await readdir(join(latest, '..'))).toEqual(['latest']);
  });

  it.each(['../escape', '/etc/x', 'a/../b', 'a\\b', '.hidden', 'a//b', ''])('refuse the path %j', async (path) => {
    const contents = {
      directory: latest,
      records: [{ name: 'x', record: benchmarkRecord() }],
      artifacts: [{ path, data: '' }],
    };
    expect(await codeOf(() => writeLatest(contents))).toBe('EVIDENCE_PATH_REFUSED');
  });
});

describe('readLatest', () => {
  it('names the file after any one byte of any file was changed', async () => {
    const files = ['128-single.json', '128-single.samples.jsonl', 'seal.json'];
    const originals = await Promise.all(files.map((file) => readFile(join(latest, file))));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(files.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, at, flip) => {
          const [file, original] = [files[which]!, originals[which]!];
          const changed = Buffer.from(original);
          changed[at % changed.length]! ^= flip;
          await writeFile(join(latest, file), changed);
          const { faults } = await readLatest(latest);
          await writeFile(join(latest, file), original);
          const named = faults.map(({ path, message }) => `${path} ${message}`);
          expect(named.join('\n')).toContain(file);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds white space added to the seal, a lost file, a strange file and a link', async () => {
    const seal = join(latest, 'seal.json');
    const text = await readFile(seal, 'utf8');
    await writeFile(seal, ` ${text}`);
    expect(await faultsOf()).toEqual([['seal.json', 'seal-invalid']]);
    await writeFile(seal, text);
    await writeFile(join(latest, 'note.txt'), 'x');
    await rm(join(latest, '128-single.samples.jsonl'));
    await symlink('/etc/hostname', join(latest, '128-single.samples.jsonl'));
    expect(await faultsOf()).toEqual([
      ['128-single.samples.jsonl', 'file-irregular'],
      ['note.txt', 'file-unsealed'],
      ['128-single.samples.jsonl', 'file-irregular'],
      ['128-single.samples.jsonl', 'artifact-mismatch'],
    ]);
    await rm(join(latest, '128-single.samples.jsonl'));
    expect(await faultsOf()).toContainEqual(['128-single.samples.jsonl', 'file-missing']);
    await rm(seal);
    expect(await faultsOf()).toEqual([['seal.json', 'seal-missing']]);
  });

  it('says when there is no measurement', async () => {
    await rm(latest, { recursive: true });
    expect((await readLatest(latest)).faults).toEqual([
      { path: latest, code: 'folder-missing', message: 'there is no measurement here' },
    ]);
  });
});

describe('discardLatest', () => {
  it('removes the measurement and the verdict that rests on it, and nothing else', async () => {
    const results = join(root, 'bench/results');
    for (const folder of ['m0/embedded', 'm1/embedded', 'm1/comfyui']) {
      await mkdir(join(results, folder), { recursive: true });
      await writeFile(join(results, folder, 'verdict.json'), '{}');
    }
    await discardLatest(latest);
    await discardLatest(latest);
    expect((await readLatest(latest)).faults[0]?.code).toBe('folder-missing');
    expect(await readdir(join(results, 'm1'))).toEqual(['comfyui']);
    expect(await readdir(join(results, 'm0'))).toEqual(['embedded']);
  });

  it('refuses a folder that will not take the next measurement, before anything is measured', async () => {
    await expect(discardLatest('/sys/ws-05/embedded/latest')).rejects.toThrow(/E(PERM|ACCES|ROFS)/);
    await discardLatest(latest);
    expect(await readdir(join(latest, '..'))).toEqual([]);
  });
});
