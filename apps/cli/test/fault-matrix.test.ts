import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CliRun, runCli } from './run-cli.ts';
import { startServe } from './start-serve.ts';

const envelope = z.object({
  data: z
    .object({ counts: z.object({ done: z.number(), skipped: z.number(), failed: z.number(), notRun: z.number() }) })
    .nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

let folder: string;
let file: string;
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
  file = join(folder, 'requests.jsonl');
  output = join(folder, 'out');
  const request = (seed: number, parameters: Record<string, unknown>): string =>
    JSON.stringify({ template: 'txt2img', parameters: { steps: 1, seed, ...parameters } });
  // The second takes long enough to be met while it runs.
  await writeFile(file, [request(1, {}), request(2, { steps: 80, batchSize: 8 }), request(3, {})].join('\n'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A command gives a server that went away half a minute to come back, and here it waits for two engines as well. */
const longWait = 240_000;

const batch = ['generate', 'batch'];
const ended = (stdout: string) => envelope.parse(JSON.parse(stdout));

/** What lies in the output folder: whole runs, each with its record; nothing hidden or unfinished. */
async function wholeRuns(): Promise<number> {
  const names = (await readdir(output)).filter((name) => !name.startsWith('batch'));
  for (const name of names) await readFile(join(output, name, 'record.json'), 'utf8');
  return names.length;
}

describe('fault matrix', () => {
  it(
    'ComfyUI dies mid-prompt',
    async () => {
      const first = await startServe([], 'stderr');
      const args = [...batch, file, '-o', output];
      const died = await runCli([...args, '--url', first.url], {
        act: { after: 'line 2', run: () => void setTimeout(() => first.child.kill('SIGKILL'), 300) },
      });
      expect([died.code, died.stdout]).toEqual([7, expect.stringContaining('1 done, 0 done before, 2 failed')]);
      expect(await wholeRuns()).toBe(1);
      const second = await startServe([], 'stderr');
      const again = await runCli([...args, '--url', second.url]);
      expect(again.stdout).toContain('2 done, 1 done before, 0 failed');
    },
    longWait,
  );

  it('SIGKILL of orchestrator', async () => {
    const killed = await runCli([...batch, file, '-o', output], {
      interrupt: { after: 'line 2', signal: 'SIGKILL' },
    });
    expect(killed.code).toBeNull();
    expect(await wholeRuns()).toBe(1);
    const again = await runCli([...batch, file, '-o', output, '--json']);
    expect(ended(again.stdout).data?.counts).toEqual({ done: 2, skipped: 1, failed: 0, notRun: 0 });
    expect(await readdir(output)).not.toContain('batch.lock');
  });

  it('Two orchestrators', async () => {
    const others: Promise<CliRun>[] = [];
    const first = await runCli([...batch, file, '-o', output], {
      act: { after: 'line 2', run: () => others.push(runCli([...batch, file, '-o', output, '--json'])) },
    });
    const [other] = await Promise.all(others);
    expect(other?.code).toBe(5);
    expect(ended(other?.stdout ?? '').error?.code).toBe('CLI_OUTPUT_BUSY');
    expect(first.stdout).toContain('3 done');
  });

  it('SIGTERM, Ctrl-C twice, terminal closed, EPIPE', async () => {
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      const run = await runCli([...batch, file, '-o', output], { interrupt: { after: 'line 2', signal } });
      expect([run.code, run.stderr]).toEqual([143, expect.not.stringContaining('    at ')]);
      expect(await wholeRuns()).toBe(1);
    }
  });

  it('Wildcards/`../` in filename_prefix, caption syntax', async () => {
    const run = await runCli([
      ...['generate', 'run', '--template', 'txt2img', '--set', 'steps=1', '--set', 'filenamePrefix=../../../escaped'],
      ...['-o', output, '--json'],
    ]);
    expect(run.code).not.toBe(0);
    expect(await readdir(folder)).not.toContain('escaped');
  });
});
