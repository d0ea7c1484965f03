import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryFileLock } from './file-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-lock-'));
  path = join(folder, 'held.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that runs lines after it has loaded `tryFileLock`; `path` is the lock. */
async function inProcess(lines: string) {
  const program = join(folder, `${Math.random()}.mts`);
  const module = JSON.stringify(join(import.meta.dirname, 'file-lock.ts'));
  await writeFile(program, `import { tryFileLock } from ${module};\nconst path = ${JSON.stringify(path)};\n${lines}`);
  return spawn(process.execPath, [...process.execArgv, program], { stdio: ['pipe', 'pipe', 'inherit'] });
}

describe('tryFileLock', () => {
  it('is held by one at a time, who is named', async () => {
    const lock = await tryFileLock(path);
    expect(await tryFileLock(path)).toEqual({ heldBy: String(process.pid) });
    if ('release' in lock) await lock.release();
    expect(await readdir(folder)).toEqual([]);
    expect(await tryFileLock(path)).toHaveProperty('release');
  });

  it('is taken over from a process that was killed, not from one that is stopped', async () => {
    const child = await inProcess(`await tryFileLock(path); console.log('held'); process.stdin.resume();`);
    await once(child.stdout, 'data');
    child.kill('SIGSTOP');
    expect(await tryFileLock(path)).toEqual({ heldBy: String(child.pid) });
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
    expect(await tryFileLock(path)).toHaveProperty('release');
  });

  it('is taken over when another process has the number of its holder by now', async () => {
    await writeFile(path, `${process.pid} 1 01ARZ3NDEKTSV4RRFFQ69G5FAV`);
    expect(await tryFileLock(path)).toHaveProperty('release');
  });

  it('gives one of many processes that find a dead lock, and never two at once', async () => {
    await writeFile(path, '999999999 1 01ARZ3NDEKTSV4RRFFQ69G5FAV');
    const log = join(folder, 'log');
    await writeFile(log, '');
    const children = await Promise.all(
      Array.from({ length: 6 }, () =>
        inProcess(`
          import { appendFileSync } from 'node:fs';
          for (let turn = 0; turn < 150; turn++) {
            const lock = await tryFileLock(path);
            if (!('release' in lock)) continue;
            appendFileSync(${JSON.stringify(log)}, 'in\\n');
            await new Promise(setImmediate);
            appendFileSync(${JSON.stringify(log)}, 'out\\n');
            await lock.release();
          }`),
      ),
    );
    await Promise.all(children.map((child) => once(child, 'close')));
    const turns = (await readFile(log, 'utf8')).trimEnd();
    expect(turns.length).toBeGreaterThan(0);
    expect(turns.replaceAll('in\nout', '').trim()).toBe('');
    expect((await readdir(folder)).filter((name) => name.includes('.lock'))).toEqual([]);
  });
});
