import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

describe('writeFileAtomically', () => {
  it('clears away what a killed writer left, and nothing else', async () => {
    const left = `.${ulid(minutesAgo(61))}.tmp`;
    const kept = [`.${ulid(minutesAgo(59))}.tmp`, `${ulid(minutesAgo(61))}.tmp`, '.mine.tmp', `.old-${ulid(0)}`];
    for (const name of [left, ...kept]) await writeFile(join(folder, name), 'half');
    await writeFileAtomically(join(folder, 'head.json'), 'whole');
    expect((await readdir(folder)).toSorted()).toEqual([...kept, 'head.json'].toSorted());
    expect(await readFile(join(folder, 'head.json'), 'utf8')).toBe('whole');
  });
});
