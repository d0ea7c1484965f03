import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '@dgx-pixels/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findRun,
  listRuns,
  readRun,
  runPaths,
  startDetached,
  stopRun,
  superviseRun,
  type TrainRequest,
} from '../src/index.ts';
import { readProcess, writeRequest } from '../src/run/run-folder.ts';
import { defaultLimits } from '../src/supervise/watch-trainer.ts';
import { makeRequest } from './make-request.ts';

const program = { python: process.execPath, module: [join(import.meta.dirname, 'small-trainer.mjs')] };
const quickLimits = {
  silenceMs: 3000,
  noProgressMs: { ...defaultLimits.noProgressMs, train: 2000 },
  graceMs: 1000,
};
let runs = '';

beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'dgx-pixels-runs-'));
});
afterEach(async () => {
  for (const folder of await listRuns(runs)) {
    const process = await readProcess(folder);
    if (process !== null && (await isProcessAlive(process))) await stopRun(folder, { now: true });
  }
  await rm(runs, { recursive: true, force: true });
});

async function made(...args: readonly [trouble?: string, steps?: number, pause?: number]): Promise<TrainRequest> {
  const request = makeRequest(runs, ...args);
  await writeRequest(request);
  return request;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await holds()); tries++) await sleep(50);
  expect(await holds()).toBe(true);
}

describe('superviseRun', () => {
  it('trains to the end, keeps what is printed apart from events, and passes no secrets on', async () => {
    const { runFolder } = await made();
    const seen: string[] = [];
    process.env['A_SECRET_TOKEN'] = 'hush';
    const end = await superviseRun(runFolder, { program, onEvent: ({ type }) => seen.push(type) });
    delete process.env['A_SECRET_TOKEN'];
    expect(end).toMatchObject({ reason: 'done', restarts: 0 });
    expect(seen.filter((type) => type === 'step')).toHaveLength(20);
    const log = await readFile(runPaths(runFolder).log, 'utf8');
    expect(log).toContain('a library prints something');
    expect(log).not.toContain('A_SECRET_TOKEN');
    expect(await readRun(runFolder)).toMatchObject({ state: 'done', reason: 'done', alive: false });
    expect(existsSync(runPaths(runFolder).lock)).toBe(false);
  });

  it.each([
    ['kill-at=12', 'the trainer was ended by SIGKILL'],
    ['hang-at=12', 'no progress in phase train'],
    ['mute-at=12', 'no sign of life'],
    ['crash-at=12', 'ended with exit code 1'],
  ])('goes on from the last checkpoint after %s', async (trouble, message) => {
    const { runFolder } = await made(trouble);
    const notices: string[] = [];
    const end = await superviseRun(runFolder, {
      ...{ program, limits: quickLimits },
      onNotice: (notice) => notices.push(notice),
    });
    expect(notices).toEqual([expect.stringContaining(message)]);
    expect(notices[0]).toContain('going on from update 10');
    expect(end).toMatchObject({ reason: 'done', restarts: 1 });
    expect(end.history.hello?.resumedFrom).toBe(10);
    // Updates 11 … that were made twice count once.
    expect(end.history.steps.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_none, index) => index + 1));
  });

  it('does not start again when it got no further, nor after faults that come again', async () => {
    const early = await made('kill-at=2');
    expect(await superviseRun(early.runFolder, { program })).toMatchObject({ reason: 'killed', restarts: 0 });
    expect(await readRun(early.runFolder)).toMatchObject({ state: 'killed', reason: null });
    const memory = await made('memory-at=12');
    const end = await superviseRun(memory.runFolder, { program });
    expect(end).toMatchObject({ reason: 'out-of-memory', message: 'no memory is left', restarts: 0 });
    expect(await readRun(memory.runFolder)).toMatchObject({ state: 'failed', reason: 'out-of-memory' });
  });

  it('reads over lines that are no events', async () => {
    const { runFolder } = await made('torn-at=12');
    const end = await superviseRun(runFolder, { program });
    expect(end).toMatchObject({ reason: 'done', restarts: 0 });
    expect(end.history.steps).toHaveLength(20);
  });

  it('stops with a checkpoint when it is asked to, and goes on later', async () => {
    const { runFolder } = await made('none=0', 500, 5);
    const stop = new AbortController();
    const end = await superviseRun(runFolder, {
      program,
      signal: stop.signal,
      onEvent: (event) => event.type === 'step' && event.step === 7 && stop.abort(),
    });
    expect(end.reason).toBe('stopped');
    const { step } = end.history;
    expect(end.history.checkpoints.at(-1)?.step).toBe(step);
    const { runFolder: again } = await made('none=0', 500, 5);
    expect(again).not.toBe(runFolder);
    expect(await readRun(runFolder)).toMatchObject({ state: 'stopped' });
  });

  it('lets no second one watch the same run', async () => {
    const { runFolder } = await made('none=0', 400, 5);
    const stop = new AbortController();
    const first = superviseRun(runFolder, { program, signal: stop.signal });
    await until(() => readRun(runFolder).then(({ history }) => history.step > 0));
    await expect(superviseRun(runFolder, { program })).rejects.toMatchObject({ code: 'TRAIN_RUN_BUSY' });
    await expect(startDetached(runFolder, program)).rejects.toMatchObject({ code: 'TRAIN_RUN_BUSY' });
    stop.abort();
    expect(await first).toMatchObject({ reason: 'stopped' });
  });

  it('adopts a trainer that was left alone, and sees its end', async () => {
    const { runFolder } = await made('none=0', 100, 10);
    await startDetached(runFolder, program);
    await until(() => readRun(runFolder).then(({ history }) => history.step > 3));
    const notices: string[] = [];
    const end = await superviseRun(runFolder, { program, onNotice: (notice) => notices.push(notice) });
    expect(notices).toEqual([expect.stringContaining('which trains this run')]);
    expect(end).toMatchObject({ reason: 'done', restarts: 0 });
    expect(end.history.steps).toHaveLength(100);
    expect(end.history.processes).toBe(1);
  });

  it('leaves a trainer with a checkpoint when the supervisor itself is killed', async () => {
    const { runFolder } = await made('none=0', 2000, 5);
    const run = join(import.meta.dirname, '../../../apps/cli/bin/run-source.mjs');
    const other = spawn(process.execPath, [run, join(import.meta.dirname, 'supervise-alone.ts'), runFolder], {
      stdio: 'ignore',
      detached: true,
    });
    await until(() => readRun(runFolder).then(({ history }) => history.step > 3, () => false)); // prettier-ignore
    process.kill(-(other.pid ?? Number.NaN), 'SIGKILL');
    await until(() => readRun(runFolder).then(({ state }) => state === 'stopped'));
    const { history } = await readRun(runFolder);
    expect(history.checkpoints.at(-1)?.step).toBe(history.step);
    expect(history.warnings.at(-1)?.message).toBe('the parent is gone');
  });

  it('says that there is no Python', async () => {
    const { runFolder } = await made();
    const nowhere = { python: join(runs, 'python') };
    await expect(superviseRun(runFolder, { program: nowhere })).rejects.toMatchObject({ code: 'TRAIN_PYTHON_MISSING' });
  });
});

describe('stopRun', () => {
  it('ends a detached run with a checkpoint, or at once', async () => {
    const gentle = await made('none=0', 2000, 5);
    await startDetached(gentle.runFolder, program);
    await until(() => readRun(gentle.runFolder).then(({ history }) => history.step > 3));
    expect(await stopRun(gentle.runFolder)).toMatchObject({ state: 'stopped', alive: false });
    const hard = await made('none=0', 2000, 5);
    await startDetached(hard.runFolder, program);
    await until(() => readRun(hard.runFolder).then(({ history }) => history.step > 3));
    expect(await stopRun(hard.runFolder, { now: true })).toMatchObject({ state: 'killed', alive: false });
  });
});

describe('readRun', () => {
  it('reads an event file with a torn end, and names what a request lacks', async () => {
    const { runFolder } = await made();
    await superviseRun(runFolder, { program });
    await appendFile(runPaths(runFolder).events, '{"type":"st');
    expect((await readRun(runFolder)).history.steps).toHaveLength(20);
    const request = JSON.parse(await readFile(runPaths(runFolder).request, 'utf8')) as Record<string, unknown>;
    await writeFile(runPaths(runFolder).request, JSON.stringify({ ...request, seed: -1, base: undefined }));
    await expect(readRun(runFolder)).rejects.toMatchObject({
      code: 'TRAIN_RUN_BROKEN',
      message: expect.stringMatching(/seed.*base|base.*seed/) as string,
    });
  });

  it('finds runs by the end of their name, and lists those that there are', async () => {
    const { runFolder, runId } = await made();
    expect(await findRun(runs, runId.slice(-6).toLowerCase())).toBe(runFolder);
    expect(await findRun(runs, 'latest')).toBe(runFolder);
    await expect(findRun(runs, 'XYZ')).rejects.toMatchObject({
      code: 'TRAIN_RUN_NOT_FOUND',
      message: expect.stringContaining(runId) as string,
    });
  });
});
