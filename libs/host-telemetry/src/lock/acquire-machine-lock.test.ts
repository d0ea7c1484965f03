import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireMachineLock } from './acquire-machine-lock.ts';

let directory = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'machine-lock-')), 'lock');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(join(directory, '..'), { recursive: true, force: true });
});

const take = (options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  acquireMachineLock({ directory, purpose: 'test', timeoutMs: 0, ...options });

/** Starts another process that takes the lock; resolves with the first line it prints. */
async function otherProcess(timeoutMs: number): Promise<{ child: ChildProcess; line: string }> {
  const script = join(import.meta.dirname, '../../test/hold-lock.ts');
  const child = spawn(process.execPath, [...process.execArgv, script, directory, String(timeoutMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, line: chunk.toString().trim() };
}

describe('acquireMachineLock', () => {
  it('gives a larger token to every holder', async () => {
    const tokens: number[] = [];
    for (let round = 0; round < 20; round++) {
      const lock = await take();
      tokens.push(lock.token);
      await lock.release();
      await lock.release();
    }
    expect(tokens).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await readdir(directory)).length).toBeLessThanOrEqual(17);
  });

  it('names the process that holds it', async () => {
    const { child, line } = await otherProcess(0);
    expect(line).toBe('token 1');
    const waited: number[] = [];
    const attempt = acquireMachineLock({
      directory,
      purpose: 'test',
      timeoutMs: 150,
      onWait: (holder) => waited.push(holder.pid),
    });
    await expect(attempt).rejects.toMatchObject({ code: 'HOST_BUSY', details: { holderPid: child.pid, token: 1 } });
    await expect(attempt).rejects.toThrow(`process ${child.pid!} (test holder)`);
    expect(waited).toEqual([child.pid]);
  });

  it('goes on after a holder that was killed', async () => {
    const { child } = await otherProcess(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await take();
    expect(lock.token).toBe(2);
    await lock.release();
  });

  it('is handed over when the holder releases it', async () => {
    const lock = await take();
    const waiting = otherProcess(20_000);
    await expect(take()).rejects.toMatchObject({ code: 'HOST_BUSY' });
    await lock.release();
    expect((await waiting).line).toBe('token 2');
  });

  it('is given to exactly one of many contenders, also after a dead holder', async () => {
    const { child } = await otherProcess(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => take()));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('stops waiting when the signal aborts', async () => {
    const lock = await take();
    const controller = new AbortController();
    const waiting = take({ timeoutMs: 30_000, signal: controller.signal });
    controller.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
    await lock.release();
  });

  it('refuses an entry that is not its own instead of guessing', async () => {
    const lock = await take();
    await lock.release();
    await writeFile(join(directory, '000000000002.json'), '{"pid":"many"}');
    await expect(take()).rejects.toMatchObject({ code: 'HOST_LOCK_UNUSABLE' });
    await expect(take()).rejects.toThrow('000000000002.json');
  });

  it('refuses a path that is no directory', async () => {
    await writeFile(directory, '');
    await expect(take()).rejects.toMatchObject({ code: 'HOST_LOCK_UNUSABLE' });
  });
});
