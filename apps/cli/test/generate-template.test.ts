import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecord } from '@dgx-pixels/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const envelope = z.object({
  ok: z.boolean(),
  data: z
    .looseObject({
      folder: z.string(),
      files: z.array(z.string()),
      parameters: z.record(z.string(), z.unknown()),
      checks: z.array(z.object({ id: z.string(), passed: z.boolean() })),
    })
    .nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
const event = z.object({ schema: z.literal('dgx-pixels/event/v1'), type: z.string(), message: z.string().optional() });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const { code, stdout } = await runCli(['generate', 'run', ...args, '-o', folder, '--json']);
  return { code, ...envelope.parse(JSON.parse(stdout)) };
}

describe('generate run --template', () => {
  it('leaves one folder with finished pictures, those of the server and the record', async () => {
    const { code, data } = await run(
      '-t',
      'batch',
      '--set',
      'steps=4',
      '--set',
      'batchSize=2',
      '--seed',
      '5',
      '-p',
      'a = b',
    );
    expect(code).toBe(0);
    expect(data?.parameters).toMatchObject({ steps: 4, batchSize: 2, seed: 5, positive: 'a = b' });
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(data?.folder).toBe(join(folder, name));
    expect((await readdir(join(folder, name))).toSorted()).toEqual([
      '1.png',
      '2.png',
      'received',
      'record.json',
      'sheet.png',
    ]);
    expect(data?.files.map((file) => file.slice(-9))).toEqual(
      ['/1.png', '/2.png', 'sheet.png'].map((end) => expect.stringContaining(end) as string),
    );
    const record = parseRecord(JSON.parse(await readFile(join(folder, name, 'record.json'), 'utf8')));
    expect(record).toMatchObject({ ok: true, record: { payload: { template: 'batch' } } });
  });

  it('takes a picture of this machine, under whatever name it has', async () => {
    const fixture = join(import.meta.dirname, '../../../bench/workflows/fixtures/red-bird.png');
    const hostile = join(folder, "a b;'$(x).png");
    await writeFile(hostile, await readFile(fixture));
    const { code, data } = await run('-t', 'img2img', '--set', `image=${hostile}`, '--set', 'steps=2');
    expect(code).toBe(0);
    expect(data?.parameters['image']).toBe("a b;'$(x).png");
  });

  it.each([
    [['-t', 'nowhere'], 2, 'ENGINE_HOST_TEMPLATE_UNKNOWN', 'txt2img-fast'],
    [['-t', 'lora', '--set', 'strength=1', '--set', 'steps=0'], 2, 'COMFY_PARAMETER_INVALID', 'strengthModel'],
    [['-t', 'lora', '--set', 'steps'], 2, 'CLI_USAGE', 'name=value'],
    [['-t', 'lora', '--set', 'lora=absent.safetensors'], 2, 'CLI_WORKFLOW_REFUSED', 'lora_name'],
    [['-t', 'img2img', '--set', 'image=../../etc/absent.png'], 2, 'CLI_WORKFLOW_REFUSED', 'image'],
    [['-t', 'txt2img', '--set', 'filenamePrefix=../../escape'], 2, 'CLI_WORKFLOW_REFUSED', 'prefix'],
    [['--set', 'steps=1', '-p', 'a bird'], 2, 'CLI_USAGE', '--template'],
  ])(
    '%j ends with %d, says what is wrong and what to do, and leaves nothing',
    async (args, wanted, errorCode, said) => {
      const { code, error } = await run(...args);
      expect({ code, errorCode: error?.code }).toEqual({ code: wanted, errorCode });
      expect(error?.message).toContain(said);
      expect(error?.hint).not.toBe('');
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('leaves nothing of a run that is interrupted', async () => {
    const stopped = await runCli(
      ['generate', 'run', '-t', 'txt2img', '--set', 'steps=200', '--set', 'batchSize=8', '-o', folder],
      {
        interrupt: { after: 'step 1', signal: 'SIGINT' },
      },
    );
    expect(stopped.code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('--ndjson', () => {
  it('gives events line by line, and the envelope as the last line', async () => {
    const { code, stdout, stderr } = await runCli(['generate', 'run', '-t', 'txt2img-fast', '-o', folder, '--ndjson']);
    const lines = stdout.trimEnd().split('\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const events = lines.slice(0, -1).map((line) => event.parse(JSON.parse(line)));
    expect(events.map(({ message }) => message)).toContain('txt2img-fast: step 6 of 6');
    expect(envelope.parse(JSON.parse(lines.at(-1)!))).toMatchObject({ ok: true });
  });

  it('ends an error with an envelope too', async () => {
    const { code, stdout } = await runCli(['generate', 'run', '-t', 'nowhere', '--ndjson']);
    expect(code).toBe(2);
    expect(envelope.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1)!))).toMatchObject({ ok: false });
  });
});
