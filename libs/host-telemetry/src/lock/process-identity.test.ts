import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identifyProcess, isRunning, parseStartTicks } from './process-identity.ts';

describe('process identity', () => {
  it('recognises this process, and not one that merely has its number', async () => {
    const identity = await identifyProcess(process.pid);
    expect(identity).not.toBeNull();
    expect(await isRunning(identity!)).toBe(true);
    expect(await isRunning({ ...identity!, startTicks: '1' })).toBe(identity!.startTicks === null);
    expect(await isRunning({ ...identity!, bootId: 'another boot' })).toBe(identity!.bootId === null);
  });

  it('finds an ended process gone', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const identity = await identifyProcess(child.pid!);
    expect(await isRunning(identity!)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isRunning(identity!)).toBe(false);
  });

  it('reads the start of a process whose name holds parentheses and spaces', () => {
    const rest = Array.from({ length: 20 }, (_, index) => String(index + 3));
    expect(parseStartTicks(`42 (a) b (c)) S ${rest.slice(1).join(' ')}`)).toBe('22');
    expect(parseStartTicks('42 (cut')).toBeNull();
    expect(parseStartTicks(null)).toBeNull();
  });
});
