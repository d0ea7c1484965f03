import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../test/code-of.ts';
import { hostBaselineRecord } from '../../test/sound-records.ts';
import { sha256Hex } from '../digest.ts';
import { appendToStore } from './append-to-store.ts';
import { readStore } from './read-store.ts';
import { verifyStore } from './verify-store.ts';

let store: string;
const chain = { workstream: 'foundation', profile: 'embedded' } as const;
const linesPath = (): string => join(store, 'foundation/embedded.jsonl');
const headPath = (): string => join(store, 'foundation/embedded.head.json');

beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'evidence-store-'));
});
afterEach(() => rm(store, { recursive: true, force: true }));

async function fill(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await appendToStore(store, hostBaselineRecord());
}

describe('appendToStore', () => {
  it('links each line to the one before it', async () => {
    await fill(3);
    const lines = (await readFile(linesPath(), 'utf8')).split('\n').slice(0, -1);
    const { records, faults } = await readStore(store, chain);
    expect(faults).toEqual([]);
    expect(records.map((record) => record.prev)).toEqual([null, sha256Hex(lines[0]!), sha256Hex(lines[1]!)]);
    expect((await verifyStore(store)).chains).toMatchObject([{ ...chain, lines: 3 }]);
  });

  it('keeps every record when many are appended at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => appendToStore(store, hostBaselineRecord())));
    const { records, faults } = await readStore(store, chain);
    expect([records.length, faults]).toEqual([8, []]);
    expect((await readdir(join(store, 'foundation'))).sort()).toEqual(['embedded.head.json', 'embedded.jsonl']);
  });

  it('leaves no file behind when the disk takes no byte', async () => {
    const script = `import { withChainLock } from ${JSON.stringify(join(import.meta.dirname, 'chain-lock.ts'))};
      await withChainLock(${JSON.stringify(join(store, 'full/x.lock'))}, async () => undefined);`;
    const program = join(store, 'append.mts');
    await writeFile(program, script);
    const child = spawnSync(
      'sh',
      ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, ...process.execArgv, program],
      {
        encoding: 'utf8',
      },
    );
    expect(child.stderr).toContain('EFBIG');
    expect(await readdir(join(store, 'full'))).toEqual([]);
  });

  it('recovers after an append that was interrupted in the middle of its line', async () => {
    await fill(2);
    await appendFile(linesPath(), '{"schema":"dgx-pixels/host-');
    expect((await readStore(store, chain)).faults.map((fault) => fault.code)).toEqual(['chain-torn']);
    await fill(1);
    const { records, faults } = await readStore(store, chain);
    expect([records.length, faults]).toEqual([3, []]);
  });

  it('accepts both places where an interrupted append may leave the end', async () => {
    await fill(2);
    const head = JSON.parse(await readFile(headPath(), 'utf8')) as { committed: unknown };
    const full = await readFile(linesPath());
    const firstLine = full.indexOf(0x0a) + 1;
    const committed = { lines: 1, sha256: sha256Hex(full.subarray(0, firstLine - 1)) };
    await writeFile(
      headPath(),
      `${JSON.stringify({ committed, pending: head.committed, schema: 'dgx-pixels/chain-head/v1' })}\n`,
    );
    expect((await readStore(store, chain)).faults).toEqual([]);
    await truncate(linesPath(), firstLine);
    expect((await readStore(store, chain)).faults).toEqual([]);
    await fill(1);
    expect((await readStore(store, chain)).records).toHaveLength(2);
  });

  it('takes over the lock of a process that is gone', async () => {
    await fill(1);
    await writeFile(join(store, 'foundation/embedded.lock'), '999999999\n');
    await fill(1);
    expect((await readStore(store, chain)).records).toHaveLength(2);
  });

  it('refuses to continue a broken chain', async () => {
    await fill(2);
    await truncate(linesPath(), (await readFile(linesPath())).indexOf(0x0a) + 1);
    expect(await codeOf(() => fill(1))).toBe('EVIDENCE_STORE_BROKEN');
  });
});

describe('verifyStore', () => {
  it('finds any changed byte of the chain and of its head', async () => {
    await fill(3);
    const files = [linesPath(), headPath()];
    const originals = await Promise.all(files.map((file) => readFile(file)));
    await fc.assert(
      fc.asyncProperty(fc.nat(1), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, flip) => {
        const [file, original] = [files[which]!, originals[which]!];
        const changed = Buffer.from(original);
        changed[at % changed.length]! ^= flip;
        await writeFile(file, changed);
        const { faults } = await verifyStore(store);
        await writeFile(file, original);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults.every((fault) => fault.path.includes('foundation/embedded'))).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect((await verifyStore(store)).faults).toEqual([]);
  });

  it('finds removed, swapped and repeated lines and a lost head', async () => {
    await fill(3);
    const [a, b, c] = (await readFile(linesPath(), 'utf8')).split('\n');
    for (const lines of [[a, b], [b, c], [a, c], [a, c, b], [a, b, c, c], []]) {
      await writeFile(linesPath(), lines.map((line) => `${line}\n`).join(''));
      expect((await verifyStore(store)).faults).not.toEqual([]);
    }
    await writeFile(linesPath(), `${a}\n${b}\n${c}\n`);
    expect((await verifyStore(store)).faults).toEqual([]);
    await rm(headPath());
    expect((await verifyStore(store)).faults).toMatchObject([{ path: headPath(), message: 'is not there' }]);
  });

  it('says nothing of a store that does not exist', async () => {
    expect(await verifyStore(join(store, 'nowhere'))).toEqual({ chains: [], faults: [] });
    expect(await codeOf(() => readStore(store, { workstream: 'foundation', profile: '../x' }))).toBe(
      'EVIDENCE_PATH_REFUSED',
    );
  });
});
