import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';
import { startServe } from './start-serve.ts';

const graph = {
  1: { class_type: 'EmptyImage', inputs: { width: 16, height: 16, batch_size: 1, color: 0 } },
  2: { class_type: 'ImageInvert', inputs: { image: ['1', 0] } },
  3: { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
};
const acceptedSchema = z.object({ prompt_id: z.string() });
const historySchema = z.record(z.string(), z.object({ status: z.looseObject({ status_str: z.string() }) }));

async function submit(url: string): Promise<string> {
  const answer = await fetch(`${url}/prompt`, { method: 'POST', body: JSON.stringify({ prompt: graph }) });
  return acceptedSchema.parse(await answer.json()).prompt_id;
}

it('runs out of memory at the node that --fault names', async () => {
  const server = await startServe(['--fault', 'outOfMemoryAt=ImageInvert'], 'stderr');
  const id = await submit(server.url);
  let history = historySchema.parse({});
  while (!(id in history)) {
    await wait(20);
    history = historySchema.parse(await (await fetch(`${server.url}/history/${id}`)).json());
  }
  expect(history[id]?.status.status_str).toBe('error');
  expect(JSON.stringify(history)).toContain('out of memory');
});

it('dies without a word at the node that --fault names', async () => {
  const server = await startServe(['--fault', 'loadDelayMs=1', '--fault', 'crashAt=2'], 'stderr');
  const before = server.said.stderr;
  await submit(server.url).catch(() => 'the server died before it answered');
  expect(await server.closed).toMatchObject({ code: 137 });
  expect(server.said.stderr).toBe(before);
});

it.each(['crashAt', 'crashAt=', 'loadDelayMs=soon', 'flood=1'])('refuses --fault %s', async (fault) => {
  const { code, stderr } = await runCli(['serve', '--embedded', '--fault', fault]);
  expect(code).toBe(2);
  expect(stderr).toContain('loadDelayMs=<ms>');
});
