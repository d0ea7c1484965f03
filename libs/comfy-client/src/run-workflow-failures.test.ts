import { afterEach, describe, expect, it } from 'vitest';

import { historyEntry, savedImage, type Exchange } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer } from '../test/protocol-server.ts';
import { createComfyClient, type ComfyClient } from './client.ts';
import type { JobResult } from './run/job-result.ts';
import { runWorkflow } from './run-workflow.ts';

const graph = {
  '5': { class_type: 'KSampler', inputs: { seed: 1 } },
  '7': { class_type: 'SaveImage', inputs: { images: ['5', 0] } },
} as const;
const timing = { pollMinMs: 20, pollMaxMs: 50, absenceMs: 300, unreachableMs: 300, cancelMs: 500 };

let server: ProtocolServer | null = null;

async function serve(
  onPrompt: (exchange: Exchange) => Promise<void> | void,
): Promise<{ server: ProtocolServer; client: ComfyClient }> {
  server = await startProtocolServer({ onPrompt });
  return { server, client: createComfyClient({ url: server.url, requestTimeoutMs: 2_000 }) };
}

async function runAgainst(onPrompt: (exchange: Exchange) => Promise<void> | void): Promise<JobResult> {
  const { client } = await serve(onPrompt);
  return runWorkflow(client, graph, { timing });
}

afterEach(async () => {
  const violations = server?.violations;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
});

const badSteps = {
  '5': {
    class_type: 'KSampler',
    dependent_outputs: ['7'],
    errors: [
      {
        type: 'value_smaller_than_min',
        message: 'Value smaller than min',
        details: 'steps',
        extra_info: { traceback: '/srv/x.py' },
      },
    ],
  },
};

describe('a prompt the server refuses', () => {
  it('fails validation with the faults of its nodes, without tracebacks', async () => {
    const job = await runAgainst((exchange) => {
      const error = {
        type: 'prompt_outputs_failed_validation',
        message: 'Prompt outputs failed validation',
        details: '',
        extra_info: {},
      };
      exchange.reply(400, 'application/json', JSON.stringify({ error, node_errors: badSteps }));
    });
    expect(job).toMatchObject({
      status: 'failed',
      reason: 'validation',
      nodeId: '5',
      nodeType: 'KSampler',
      message: 'Prompt outputs failed validation; node 5 KSampler: Value smaller than min steps',
      nodeErrors: { '5': { dependentOutputs: ['7'], faults: [{ type: 'value_smaller_than_min' }] } },
    });
    expect(JSON.stringify(job)).not.toContain('/srv/x.py');
  });

  it('fails validation when node_errors is empty', async () => {
    const job = await runAgainst((exchange) => {
      const error = { type: 'invalid_prompt', message: 'Cannot execute', details: "Node ID '#5'", extra_info: {} };
      exchange.reply(400, 'application/json', JSON.stringify({ error, node_errors: [] }));
    });
    expect(job).toMatchObject({
      status: 'failed',
      reason: 'validation',
      nodeId: null,
      message: "Cannot execute: Node ID '#5'",
    });
  });

  it('fails when a 200 names faulty nodes, and stops the half that runs', async () => {
    const { server, client } = await serve((exchange) => {
      exchange.enqueue('running');
      exchange.accept(badSteps);
    });
    const job = await runWorkflow(client, graph, { timing });
    expect(job).toMatchObject({ status: 'failed', reason: 'validation', nodeId: '5' });
    expect(server.interrupted).toEqual([job.promptId]);
  });

  for (const [status, type, body, message] of [
    [500, 'text/plain', '500 Internal \u001b[31mServer Error', '500 Internal [31mServer Error'],
    [413, 'text/plain', 'Maximum request body size exceeded', 'Maximum request body size exceeded'],
    [403, 'text/plain', '', 'empty body'],
    [503, 'text/html', '<p>busy</p>', '<p>busy</p>'],
    [400, 'text/plain', 'bad request', 'bad request'],
  ] as const) {
    it(`is rejected with status ${status}`, async () => {
      const job = await runAgainst((exchange) => exchange.reply(status, type, body));
      expect(job).toMatchObject({ status: 'rejected', httpStatus: status });
      if (job.status === 'rejected') expect(job.message.replaceAll(/\s+/g, ' ')).toBe(message);
    });
  }
});

describe('a prompt that breaks while running', () => {
  const ended = (
    messages: readonly (readonly [string, Record<string, unknown>])[],
    outputs = {},
    text: 'success' | 'error' = 'error',
  ) =>
    runAgainst(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      await exchange.pause(5);
      for (const [type, data] of messages) exchange.event(type, data);
      exchange.end(historyEntry(text, messages, outputs));
    });
  const error = (exception_type: string, exception_message: string) =>
    [
      'execution_error',
      { node_id: '5', node_type: 'KSampler', exception_type, exception_message, traceback: ['/srv/a.py'] },
    ] as const;

  it('names node and exception', async () => {
    expect(await ended([['execution_start', {}], error('ValueError', 'bad\nlatent')])).toMatchObject({
      status: 'failed',
      reason: 'node-error',
      nodeId: '5',
      nodeType: 'KSampler',
      exceptionType: 'ValueError',
      message: 'ValueError: bad latent',
    });
  });

  it('tells out of memory apart', async () => {
    for (const type of ['torch.OutOfMemoryError', 'torch.cuda.OutOfMemoryError']) {
      expect(await ended([error(type, 'Allocation on device')])).toMatchObject({ reason: 'out-of-memory' });
      await server?.close();
    }
  });

  it('passes over a blocked branch whose files exist', async () => {
    const messages = [error('ExecutionBlocked', 'no mask'), ['execution_success', {}]] as const;
    expect(await ended(messages, savedImage, 'success')).toMatchObject({ status: 'succeeded' });
    await server?.close();
    expect(await ended(messages.slice(0, 1), savedImage, 'success')).toMatchObject({ status: 'succeeded' });
  });

  it('is blocked when files are missing, with and without a message', async () => {
    const messages = [error('ExecutionBlocked', 'no mask'), ['execution_success', {}]] as const;
    expect(await ended(messages, {}, 'success')).toMatchObject({
      reason: 'blocked',
      nodeId: '7',
      message: 'Node 7 (SaveImage) saved no image: no mask',
    });
    await server?.close();
    expect(await ended([['execution_success', {}]], {}, 'success')).toMatchObject({ reason: 'blocked', nodeId: '7' });
  });
});

describe('a prompt that goes away', () => {
  it('is lost when the server dies', async () => {
    const { server, client } = await serve((exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      setTimeout(() => void server.close(), 50);
    });
    const job = await runWorkflow(client, graph, { timing });
    expect(job).toMatchObject({ status: 'lost', accepted: true });
    if (job.status === 'lost') expect(job.message).toContain('The server went away: ');
  });

  it('times out, and is stopped by its own id', async () => {
    const { server, client } = await serve((exchange) => {
      exchange.enqueue('running');
      exchange.accept();
    });
    const job = await runWorkflow(client, graph, { timing, timeoutMs: 150 });
    expect(job).toMatchObject({ status: 'timed-out', timeoutMs: 150, cancelled: true });
    expect(server.interrupted).toEqual([job.promptId]);
    expect(server.deleted).toEqual([job.promptId]);
  });
});
