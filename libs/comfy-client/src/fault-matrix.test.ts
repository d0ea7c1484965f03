import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { historyEntry, playSuccess, savedImage, successEntry, type Exchange } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer, type ProtocolServerOptions } from '../test/protocol-server.ts';
import {
  applyParameters,
  createComfyClient,
  getQueue,
  parseWorkflowTemplate,
  queuePrompt,
  runWorkflow,
  validateWorkflow,
  viewImage,
  type ComfyClient,
  type ProgressEvent,
} from './index.ts';

const graph = {
  '5': { class_type: 'KSampler', inputs: { seed: 1 } },
  '7': { class_type: 'SaveImage', inputs: { images: ['5', 0] } },
} as const;
const timing = {
  pollMinMs: 20,
  pollMaxMs: 50,
  absenceMs: 300,
  unreachableMs: 500,
  cancelMs: 500,
  reconnectMs: 50,
  heartbeatMs: 200,
};

let server: ProtocolServer | null = null;
afterEach(async () => {
  const violations = server?.violations;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
});

async function clientOf(options: ProtocolServerOptions): Promise<ComfyClient> {
  server = await startProtocolServer(options);
  return createComfyClient({ url: server.url, requestTimeoutMs: 1_000, maxBodyBytes: 1_000_000 });
}

/** A server that gives every request but those of the socket the same answer. */
function always(status: number, body: string, headers: Record<string, string> = {}): ProtocolServerOptions {
  return {
    intercept: (_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    },
  };
}

function succeed(exchange: Exchange): void {
  exchange.end(successEntry);
  playSuccess(exchange);
}

describe('fault matrix', () => {
  it('ComfyUI dies mid-prompt', async () => {
    const client = await clientOf({
      onPrompt: async (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        await exchange.restart(100);
      },
    });
    expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'lost', accepted: true });
    expect(server?.exchanges).toHaveLength(1);
  });

  it('WS drop, half-open, duplicate or out-of-order events, binary previews', async () => {
    const client = await clientOf({
      onPrompt: async (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        for (const value of [2, 1, 2]) exchange.event('progress', { value, max: 4, node: '5' });
        exchange.frame(Buffer.alloc(3));
        exchange.dropSocket();
        await sleep(300);
        exchange.freezeSocket();
        await sleep(300);
        succeed(exchange);
      },
    });
    const seen: ProgressEvent[] = [];
    const job = await runWorkflow(client, graph, { timing, onEvent: (event) => void seen.push(event) });
    expect(job).toMatchObject({ status: 'succeeded', socketLost: true });
    const values = seen.flatMap((event) => (event.type === 'progress' ? [event.value] : []));
    expect(values).toEqual(values.toSorted((first, second) => first - second));
  });

  it('Reply to /prompt lost', async () => {
    const client = await clientOf({
      onPrompt: (exchange) => {
        exchange.enqueue('running');
        exchange.cutReply('{"prompt_id": "');
        succeed(exchange);
      },
    });
    expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'succeeded' });
    expect(server?.exchanges).toHaveLength(1);
  });

  it('Slow server, slowloris body', async () => {
    const client = await clientOf({
      intercept: (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
        return true;
      },
    });
    await expect(getQueue(client)).rejects.toMatchObject({ code: 'COMFY_TIMEOUT' });
  });

  it.each([
    [500, 'COMFY_HTTP_STATUS'],
    [503, 'COMFY_HTTP_STATUS'],
    [413, 'COMFY_HTTP_STATUS'],
    [302, 'COMFY_REDIRECTED'],
  ])('500s, 503, 413, HTML error page, redirect: %i', async (status, code) => {
    const page = `<html>\u001b[2J${'x'.repeat(5_000)}`;
    const client = await clientOf(always(status, page, { location: 'http://169.254.169.254/' }));
    const failure: unknown = await queuePrompt(client, graph).catch((error: unknown) => error);
    const sent = server?.requests.filter((request) => request.startsWith('POST')) ?? [];
    expect(sent.length).toBeLessThanOrEqual(1);
    if (status === 413) expect(failure).toMatchObject({ status: 'rejected', httpStatus: 413 });
    else expect(JSON.stringify(failure).length).toBeLessThan(2_000);
    await expect(getQueue(client)).rejects.toMatchObject({ code });
    const message = await getQueue(client).catch(String);
    expect(message).not.toContain('\u001b');
  });

  it.each([
    ['malformed', '{"queue_running": [}', 'COMFY_REPLY_INVALID'],
    ['too large', `"${'x'.repeat(1_000_001)}"`, 'COMFY_REPLY_TOO_LARGE'],
    ['deeply nested', '['.repeat(400_000), 'COMFY_REPLY_INVALID'],
    ['of wrong types', '{"queue_running": 5, "queue_pending": "no"}', 'COMFY_REPLY_INVALID'],
  ])('Malformed, truncated, 1 GB or deeply nested JSON; wrong types: %s', async (_name, body, code) => {
    const client = await clientOf(always(200, body));
    await expect(getQueue(client)).rejects.toMatchObject({ code });
  });

  it('Missing node/model, node_errors', () => {
    const save = { input: { required: { images: ['IMAGE'] } }, output: [], output_node: true };
    const sampler = { input: { required: { model: [['a.safetensors']] } }, output: ['IMAGE'], output_node: false };
    const asked = { ...graph, '5': { class_type: 'KSampler', inputs: { model: 'b.safetensors' } } };
    const typesOf = (classes: Parameters<typeof validateWorkflow>[1]): readonly unknown[] =>
      validateWorkflow(asked, classes).map(({ nodeId, type }) => [nodeId, type]);
    expect(typesOf({ SaveImage: save })).toEqual([['5', 'unknown_class']]);
    expect(typesOf({ SaveImage: save, KSampler: sampler })).toEqual([['5', 'value_not_in_list']]);
  });

  it('GPU OOM (execution_error)', async () => {
    const error = {
      node_id: '5',
      node_type: 'KSampler',
      exception_type: 'torch.OutOfMemoryError',
      exception_message: 'x',
    };
    const client = await clientOf({
      onPrompt: (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        exchange.end(historyEntry('error', [['execution_error', error]]));
        exchange.event('execution_error', error);
      },
    });
    expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'failed', reason: 'out-of-memory' });
    expect(server?.exchanges).toHaveLength(1);
  });

  it('Huge images', async () => {
    const client = await clientOf(always(200, 'x'.repeat(1_000_001), { 'content-type': 'image/png' }));
    const image = { filename: 'a.png', subfolder: '', type: 'output' as const };
    await expect(viewImage(client, image, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'COMFY_REPLY_TOO_LARGE',
    });
  });

  it('Clock jump, NTP step, suspend, DST', async () => {
    const client = await clientOf({
      onPrompt: (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        const messages = [
          ['execution_start', { timestamp: 9_000_000 }],
          ['execution_success', { timestamp: 1_000 }],
        ] as const;
        exchange.event('execution_start', messages[0][1]);
        exchange.end(historyEntry('success', messages, savedImage));
        exchange.event('execution_success', messages[1][1]);
      },
    });
    const job = await runWorkflow(client, graph, { timing });
    expect(job).toMatchObject({ status: 'succeeded', serverMs: null });
    expect(job.status === 'succeeded' && job.clientMs >= 0 && job.clientMs < 60_000).toBe(true);
  });

  it('Workflow/prompt injection (captions, PNG workflow, handoff)', () => {
    const template = parseWorkflowTemplate(
      {
        workflow: 'x.api.json',
        description: 'x',
        parameters: { prompt: { type: 'text', inputs: ['/5/inputs/text'], description: 'what to draw' } },
        output: { images: 1, width: 64, height: 64, cell: 8, transparent: true, colours: 16 },
      },
      { '5': { class_type: 'CLIPTextEncode', inputs: { text: 'a' } } },
    );
    const hostile = '"}},"9":{"class_type":"Shell","inputs":{}}, ${x} $(rm) /5/class_type';
    const changed = applyParameters(template, { prompt: hostile });
    expect(changed).toEqual({ '5': { class_type: 'CLIPTextEncode', inputs: { text: hostile } } });
  });

  it('SSRF by server or model URL', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://host/', 'http://user:secret@host/', 'gopher://host']) {
      expect(() => createComfyClient({ url })).toThrow(expect.objectContaining({ code: 'COMFY_URL_INVALID' }));
    }
    const client = await clientOf(always(307, '', { location: 'http://169.254.169.254/latest/meta-data' }));
    await expect(getQueue(client)).rejects.toMatchObject({ code: 'COMFY_REDIRECTED' });
  });
});
