import { afterEach, describe, expect, it } from 'vitest';

import { successEntry, type Exchange } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer } from '../test/protocol-server.ts';
import { createComfyClient, type ComfyClient } from './client.ts';
import { runWorkflow } from './run-workflow.ts';

const graph = { '7': { class_type: 'SaveImage', inputs: {} } };
const timing = { pollMinMs: 20, pollMaxMs: 50, absenceMs: 400, unreachableMs: 300, cancelMs: 500 };

let server: ProtocolServer | null = null;

async function serve(
  onPrompt: (exchange: Exchange) => Promise<void> | void,
): Promise<{ server: ProtocolServer; client: ComfyClient }> {
  server = await startProtocolServer({ onPrompt });
  return { server, client: createComfyClient({ url: server.url, requestTimeoutMs: 2_000 }) };
}

afterEach(async () => {
  const violations = server?.violations;
  const sent = server?.exchanges.length ?? 0;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
  expect(sent).toBeLessThanOrEqual(1);
});

describe('a submission whose answer is lost', () => {
  for (const [fault, cut] of [
    ['the connection breaks', (exchange: Exchange) => exchange.cutReply()],
    ['the answer is truncated', (exchange: Exchange) => exchange.cutReply('{"prompt_id": "')],
    ['the answer is no JSON', (exchange: Exchange) => exchange.reply(200, 'application/json', '{"prompt_id": ')],
    ['a gateway fails', (exchange: Exchange) => exchange.reply(502, 'text/html', '<h1>Bad gateway</h1>')],
  ] as const) {
    it(`is found under its own id when ${fault}, and not repeated`, async () => {
      const { server, client } = await serve(async (exchange) => {
        exchange.enqueue('running');
        cut(exchange);
        await exchange.pause(100);
        exchange.end(successEntry);
      });
      expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'succeeded' });
      expect(server.requests.filter((request) => request === 'POST /prompt')).toHaveLength(1);
    });
  }

  it('is found when the server answers too late', async () => {
    const { client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      await exchange.pause(400);
      exchange.end(successEntry);
    });
    const impatient = { ...client, requestTimeoutMs: 200 };
    expect(await runWorkflow(impatient, graph, { timing })).toMatchObject({ status: 'succeeded' });
  });

  it('is lost, and withdrawn, when no trace of it turns up', async () => {
    const { server, client } = await serve((exchange) => exchange.cutReply());
    const job = await runWorkflow(client, graph, { timing });
    expect(job).toMatchObject({ status: 'lost', accepted: false });
    expect(server.deleted).toEqual([job.promptId]);
  });
});
