import { historyEntry, playSuccess, savedImage, successEntry, type Exchange } from '../prompt-exchange.ts';
import { oneFile, type HardCase } from './hard-case.ts';

const nodeErrors = {
  '5': {
    class_type: 'KSampler',
    dependent_outputs: ['7'],
    errors: [{ type: 'value_smaller_than_min', message: 'Value 0 smaller than min of 1', details: 'steps' }],
  },
};

function succeed(exchange: Exchange): void {
  exchange.enqueue('running');
  exchange.accept();
  playSuccess(exchange);
  exchange.end(successEntry);
}

function refusal(name: string, status: number, contentType: string, body: string): Omit<HardCase, 'result'> {
  return { number: 11, name, play: (exchange) => exchange.reply(status, contentType, body), ends: ['error'] };
}

/** What can go wrong between a prompt and its place in the queue. */
export const submissionCases: readonly HardCase[] = [
  {
    number: 1,
    name: 'a fully cached prompt whose events arrive before the answer to its submission',
    play: async (exchange) => {
      const nodes = ['1', '5', '7'];
      exchange.event('execution_start', { timestamp: 1_000 });
      exchange.event('execution_cached', { nodes, timestamp: 1_000 });
      exchange.event('executed', { node: '7', display_node: '7', output: savedImage['7'] });
      exchange.event('execution_success', { timestamp: 1_001 });
      exchange.event('executing', { node: null });
      const messages = [['execution_cached', { nodes }] as const, ['execution_success', {}] as const];
      exchange.end(historyEntry('success', messages, savedImage));
      await exchange.pause(30);
      exchange.accept();
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', cachedNodes: ['1', '5', '7'], executedNodes: [] }],
  },
  {
    number: 10,
    name: 'a 200 that names faulty nodes and runs only the rest',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept(nodeErrors);
      await exchange.pause(200);
      playSuccess(exchange);
      exchange.end(historyEntry('success', [['execution_success', {}]]));
    },
    ends: ['error'],
    result: [{ status: 'failed', reason: 'validation', nodeId: '5', nodeType: 'KSampler' }],
  },
  {
    ...refusal(
      'a 400 with empty node_errors',
      400,
      'application/json',
      '{"error": {"type": "invalid_prompt", "message": "Cannot execute", "details": "Node ID \'#5\'"}, "node_errors": {}}',
    ),
    result: [{ status: 'failed', reason: 'validation', message: "Cannot execute: Node ID '#5'" }],
  },
  {
    ...refusal('a 500 in plain text', 500, 'text/plain', '500 Internal Server Error'),
    result: [{ status: 'rejected', httpStatus: 500 }],
  },
  {
    ...refusal('a 413 in plain text', 413, 'text/plain', '413: Request Entity Too Large'),
    result: [{ status: 'rejected', httpStatus: 413 }],
  },
  { ...refusal('a 403 without a body', 403, 'text/plain', ''), result: [{ status: 'rejected', httpStatus: 403 }] },
  {
    ...refusal('a truncated answer to a prompt that was never taken', 200, 'application/json', '{"prompt_id": "'),
    result: [{ status: 'lost', accepted: false }],
  },
  {
    number: 18,
    name: 'a submission that is taken, and whose answer is lost',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.cutReply();
      await exchange.pause(200);
      exchange.event('execution_success', { timestamp: 1_040 });
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded' }],
  },
  {
    number: 25,
    name: 'a 0.38 server, which insists on a canonical id and has the jobs API',
    server: { rules038: true },
    play: succeed,
    ends: [oneFile],
    result: [{ status: 'succeeded', socketLost: false }],
  },
  {
    number: 25,
    name: 'a 0.3.64 server, which has no jobs API',
    play: succeed,
    ends: [oneFile],
    result: [{ status: 'succeeded', socketLost: false }],
  },
];
