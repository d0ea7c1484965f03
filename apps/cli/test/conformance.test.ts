import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecord, readStore } from '@dgx-pixels/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comfyConformance } from '../src/comfy-conformance.ts';
import type { CommandContext } from '../src/command-context.ts';
import { runCli } from './run-cli.ts';

const envelope = z.object({
  ok: z.boolean(),
  data: z.unknown(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-conformance-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('comfy conformance', () => {
  it('checks the embedded server as a whole and writes a record', async () => {
    await writeFile(join(folder, 'package.json'), '{"version":"0.1.0"}');
    const told: string[] = [];
    const context: CommandContext = {
      workspaceRoot: folder,
      workingDirectory: folder,
      version: '0.1.0',
      signal: new AbortController().signal,
      progress: { update: (message) => told.push(message), done: () => undefined },
      emit: () => undefined,
      announce: () => undefined,
    };
    const result = await comfyConformance(context, { output: 'checks/mine.json' });
    expect(result.exitCode).toBe(0);
    expect(result.text).toMatch(/✔ ok {4}history +The history of an unknown id is 200 with an empty object\n/);
    expect(result.text).toMatch(/\n(\d+) of \1 hold\nrecord [0-9A-Z]{26} in /);
    expect(told).toContain('restart: restart-forgets-queue-and-history');
    const text = await readFile(join(folder, 'checks/mine.json'), 'utf8');
    const parsed = parseRecord(JSON.parse(text));
    expect(parsed).toMatchObject({
      ok: true,
      record: { schema: 'dgx-pixels/server-check/v1', profile: 'embedded', payload: { restarted: true } },
    });
    const latest = join(folder, 'bench/results/conformance/embedded/latest/server-check.json');
    expect(await readFile(latest, 'utf8')).toBe(text);
    const { records, faults } = await readStore(join(folder, 'bench/results/store'), {
      workstream: 'ws-04',
      profile: 'embedded',
    });
    expect([records.length, faults]).toEqual([1, []]);
  });

  it('prints a part of the checks as an envelope, without a record', async () => {
    const { code, stdout } = await runCli(['comfy', 'conformance', '--only', 'view', '--json']);
    expect(code).toBe(0);
    const { data } = envelope.parse(JSON.parse(stdout));
    expect(data).toMatchObject({ record: null, files: [] });
  });

  it.each([
    [['--only', 'views'], 2, 'COMFY_CONFORMANCE_OPTION_INVALID'],
    [['--url', 'nonsense'], 2, 'COMFY_CONFORMANCE_OPTION_INVALID'],
    [['--url', 'ftp://127.0.0.1/'], 2, 'COMFY_CONFORMANCE_OPTION_INVALID'],
    [['--url', 'http://user:secret@127.0.0.1:8188'], 2, 'COMFY_CONFORMANCE_OPTION_INVALID'],
    [['--url', 'http://192.0.2.1:8188'], 2, 'ENGINE_HOST_REMOTE_REFUSED'],
    [['--url', 'http://127.0.0.1:1'], 4, 'COMFY_CONFORMANCE_UNREACHABLE'],
    [['--only', 'view', '--output', 'record.json'], 2, 'CLI_USAGE'],
    [['--restart-command', 'true'], 2, 'CLI_USAGE'],
    [['--output', '/proc/none/record.json'], 4, 'CLI_OUTPUT_UNWRITABLE'],
  ])('refuses %j', async (options, exitCode, errorCode) => {
    await expectRefusal(options, exitCode, errorCode);
  });
});

describe('comfy conformance and what is no ComfyUI', () => {
  const stats = (change: object) =>
    JSON.stringify({ system: { os: 'posix', comfyui_version: '1' }, devices: [{ name: 'a', type: 'b' }], ...change });
  const bodies: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'a page of HTML': (response) => void response.setHeader('content-type', 'text/html').end('<h1>hello</h1>'),
    'a gigabyte of JSON': (response) => pour(response, Buffer.alloc(1 << 20, '[')),
    'wrong types': (response) => void response.end(stats({ devices: 'none', system: { os: 1 } })),
    'a device without a name': (response) => void response.end(stats({ devices: [{ name: null, type: 'cpu' }] })),
    'a redirect': (response) => void response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
    'half an answer': (response) =>
      void response.writeHead(200, { 'content-length': 100 }).write('{"system":', () => response.destroy()),
  };
  let server: Server;
  let answer: (response: ServerResponse) => void = (response) => void response.end();

  beforeAll(async () => {
    server = createServer((_request, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });

  it.each(Object.keys(bodies))('refuses %s', async (name) => {
    answer = bodies[name]!;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const errorCode = name === 'half an answer' ? 'COMFY_CONFORMANCE_UNREACHABLE' : 'COMFY_CONFORMANCE_NOT_COMFYUI';
    await expectRefusal(['--url', url, '--output', join(folder, 'refused/record.json')], 4, errorCode);
    expect(await readdir(join(folder, 'refused'))).toEqual([]);
  });

  it('prints what a false server says as text, each on one line, and says no', async () => {
    answer = (response) => {
      const path = response.req.url ?? '';
      if (path === '/system_stats') response.end(stats({ system: { os: 'x', comfyui_version: '9\u001b[2J\nok' } }));
      else if (path === '/models/checkpoints') response.end('[]');
      else response.end('\u001b]0;owned\u0007\r\nfake line \u202e');
    };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stdout } = await runCli(['comfy', 'conformance', '--url', url, '--only', 'routes', '-q']);
    expect(code).toBe(3);
    for (const control of ['\u001b', '\u0007', '\r', '\u202e', '\nfake', '\nok']) expect(stdout).not.toContain(control);
    expect(stdout).toMatch(/^0 of 12 hold$|^\d of 12 hold$/m);
  });
});

async function expectRefusal(options: readonly string[], exitCode: number, errorCode: string): Promise<void> {
  const { code, stdout } = await runCli(['comfy', 'conformance', '--json', ...options], { cwd: folder });
  const { ok, error } = envelope.parse(JSON.parse(stdout));
  expect([code, ok, error?.code]).toEqual([exitCode, false, errorCode]);
  expect(error?.hint).not.toBe('');
  expect(stdout).not.toContain('secret');
}

function pour(response: ServerResponse, part: Buffer): void {
  let left = 1024;
  const next = (): void => {
    while (left-- > 0) if (!response.write(part)) return void response.once('drain', next);
    response.end();
  };
  response.on('error', () => undefined);
  next();
}
