import { afterEach, describe, expect, it } from 'vitest';

import { playSuccess, type Exchange } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer } from '../test/protocol-server.ts';
import { createComfyClient, type ComfyClient } from './client.ts';
import { runWorkflow } from './run-workflow.ts';

const graph = { '7': { class_type: 'SaveImage', inputs: {} } };
const timing = { cancelMs: 500 };

let server: ProtocolServer | null = null;

async function serve(
  onPrompt: (exchange: Exchange) => Promise<void> | void,
): Promise<{ server: ProtocolServer; client: ComfyClient }> {
  server = await startProtocolServer({ onPrompt });
  return { server, client: createComfyClient({ url: server.url }) };
}

afterEach(async () => {
  const violations = server?.violations;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
});

describe('runWorkflow throws', () => {
  it('COMFY_UNREACHABLE when nobody listens', async () => {
    const { server, client } = await serve(() => undefined);
    await server.close();
    await expect(runWorkflow(client, graph, { timing })).rejects.toMatchObject({
      code: 'COMFY_UNREACHABLE',
      hint: 'Start the server (npx dgx-pixels serve --embedded) or correct its URL',
      details: { connected: false, reason: 'ECONNREFUSED' },
    });
  });

  it('COMFY_GRAPH_INVALID for values that JSON cannot carry', async () => {
    const { server, client } = await serve(() => undefined);
    const faulty = { '5': { class_type: 'KSampler', inputs: { cfg: Number.NaN, denoise: Infinity } } };
    await expect(runWorkflow(client, faulty, { timing })).rejects.toMatchObject({
      code: 'COMFY_GRAPH_INVALID',
      details: { faults: ['NaN at /prompt/5/inputs/cfg', 'Infinity at /prompt/5/inputs/denoise'] },
    });
    expect(server.requests).not.toContain('POST /prompt');
  });

  it('what the listener threw, after the prompt was stopped', async () => {
    const { server, client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      await exchange.pause(5);
      playSuccess(exchange);
    });
    const onEvent = (): void => {
      throw new RangeError('listener broke');
    };
    await expect(runWorkflow(client, graph, { timing, onEvent })).rejects.toThrow('listener broke');
    expect(server.interrupted).toHaveLength(1);
  });

  it('COMFY_OPTION_INVALID for waits that are none', async () => {
    const { server, client } = await serve(() => undefined);
    for (const wrong of [{ timeoutMs: 0 }, { timing: { pollMaxMs: Number.NaN } }, { timing: { absenceMs: -1 } }]) {
      await expect(runWorkflow(client, graph, wrong)).rejects.toMatchObject({ code: 'COMFY_OPTION_INVALID' });
    }
    expect(server.requests).toEqual([]);
  });

  it('COMFY_OPTION_INVALID for an id that newer servers refuse', async () => {
    const { client } = await serve(() => undefined);
    await expect(runWorkflow(client, graph, { timing, promptId: 'Mine' })).rejects.toMatchObject({
      code: 'COMFY_OPTION_INVALID',
    });
  });
});
