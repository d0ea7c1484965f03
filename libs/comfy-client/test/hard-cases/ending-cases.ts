import { historyEntry, playSuccess, savedImage, successEntry, type Exchange } from '../prompt-exchange.ts';
import { hardCaseGraph, oneFile, type HardCase } from './hard-case.ts';

type Message = readonly [string, Record<string, unknown>];

const started: Message = ['execution_start', { timestamp: 1_000 }];
const success: Message = ['execution_success', { timestamp: 1_040 }];

function nodeError(exception_type: string, exception_message: string): Message {
  const about = { node_id: '5', node_type: 'KSampler', executed: ['1'], traceback: ['/srv/nodes.py'] };
  return ['execution_error', { ...about, exception_type, exception_message, current_inputs: {}, timestamp: 1_020 }];
}

function tellOutputs(exchange: Exchange, outputs: Record<string, unknown>): void {
  for (const [node, output] of Object.entries(outputs)) {
    exchange.event('executing', { node, display_node: node });
    exchange.event('executed', { node, display_node: node, output });
  }
}

/** Accepts, tells the messages as events, writes them into history, and closes as ComfyUI does. */
function tell(
  exchange: Exchange,
  status: 'success' | 'error',
  messages: readonly Message[],
  outputs: Record<string, unknown> = {},
): void {
  exchange.enqueue('running');
  exchange.accept();
  for (const [type, data] of messages) {
    if (type === 'execution_success') tellOutputs(exchange, outputs);
    exchange.event(type, data);
  }
  exchange.end(historyEntry(status, messages, outputs));
  exchange.event('executing', { node: null });
}

const file = (filename: string, subfolder = ''): Record<string, unknown> => ({ filename, subfolder, type: 'output' });
const oddNames = ['ü n&1#.png', '雪.png', 'a b?.png'];

/** What can go wrong with the end of a prompt and the word about it. */
export const endingCases: readonly HardCase[] = [
  {
    number: 2,
    name: 'a success event while history stays empty for a second',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      playSuccess(exchange);
      exchange.end();
      await exchange.pause(1_000);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'] }],
  },
  {
    number: 8,
    name: 'a prompt that somebody deletes from the queue',
    play: async (exchange) => {
      exchange.enqueue('pending');
      exchange.accept();
      await exchange.pause(50);
      exchange.end();
      exchange.frame('{"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}}}');
    },
    ends: ['error'],
    result: [{ status: 'lost', accepted: true }],
  },
  {
    number: 9,
    name: 'a global interrupt by somebody else',
    play: (exchange) => tell(exchange, 'error', [started, ['execution_interrupted', { node_id: '5', executed: [] }]]),
    ends: ['error'],
    result: [{ status: 'interrupted', nodeId: '5' }],
  },
  {
    number: 9,
    name: 'an interrupt of a node that goes on for a while',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event(...started);
      exchange.event('executing', { node: '5', display_node: '5' });
      await exchange.pause(1_000);
      const interrupted: Message = ['execution_interrupted', { node_id: '5', executed: [] }];
      exchange.event(...interrupted);
      exchange.end(historyEntry('error', [started, interrupted]));
      exchange.event('executing', { node: null });
    },
    ends: ['error'],
    result: [{ status: 'interrupted', nodeId: '5' }],
  },
  {
    number: 12,
    name: 'NaN in history',
    play: (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      playSuccess(exchange);
      exchange.end(JSON.stringify(successEntry).replace('"id",{}', '"id",{"5":{"is_changed":[NaN]}}'));
    },
    ends: [oneFile],
    result: [{ status: 'succeeded' }],
  },
  {
    number: 13,
    name: 'a blocked branch, then success with every file',
    play: (exchange) =>
      tell(exchange, 'success', [started, nodeError('ExecutionBlocked', 'no mask'), success], savedImage),
    ends: [oneFile],
    result: [{ status: 'succeeded' }],
  },
  {
    number: 13,
    name: 'a blocked branch, then success without the file that was asked for',
    play: (exchange) => tell(exchange, 'success', [started, nodeError('ExecutionBlocked', 'no mask'), success]),
    ends: ['error'],
    result: [{ status: 'failed', reason: 'blocked', nodeId: '7' }],
  },
  {
    number: 14,
    name: 'the word success over a last message that is an error',
    play: (exchange) => tell(exchange, 'success', [started, nodeError('DependencyCycleError', 'cycle')]),
    ends: ['error'],
    result: [{ status: 'failed', reason: 'node-error', nodeId: '5' }],
  },
  {
    number: 15,
    name: 'out of memory, then a prompt that loads everything again and succeeds',
    play: (exchange, { turn }) => {
      if (turn === 0) tell(exchange, 'error', [started, nodeError('torch.OutOfMemoryError', 'Allocation on device')]);
      else tell(exchange, 'success', [started, ['execution_cached', { nodes: [] }], success], savedImage);
    },
    ends: ['error', oneFile],
    result: [
      { status: 'failed', reason: 'out-of-memory', nodeId: '5', exceptionType: 'torch.OutOfMemoryError' },
      { status: 'succeeded', cachedNodes: [] },
    ],
  },
  {
    number: 19,
    name: 'a file that history names and the server does not have',
    server: { missingFiles: ['gone.png'] },
    play: (exchange) => tell(exchange, 'success', [started, success], { '7': { images: [file('gone.png')] } }),
    ends: ['error'],
    result: [{ status: 'failed', reason: 'file-missing', nodeId: '7' }],
  },
  {
    number: 19,
    name: 'file names with spaces, ampersands, hashes and Unicode, in folders',
    play: (exchange) =>
      tell(exchange, 'success', [started, success], {
        '7': { images: oddNames.map((name) => file(name, 'tag & ü#')) },
      }),
    ends: [oddNames],
    result: [{ status: 'succeeded', images: oddNames.map((filename) => ({ filename, bytes: 4 })) }],
  },
  {
    number: 20,
    name: 'two outputs, a second apart',
    graph: { ...hardCaseGraph, '8': hardCaseGraph['7'] },
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      const outputs = { '7': { images: [file('first.png')] }, '8': { images: [file('second.png')] } };
      exchange.event(...started);
      exchange.event('executing', { node: '7', display_node: '7' });
      exchange.event('executed', { node: '7', display_node: '7', output: outputs['7'] });
      await exchange.pause(1_000);
      exchange.event('executing', { node: '8', display_node: '8' });
      exchange.event('executed', { node: '8', display_node: '8', output: outputs['8'] });
      exchange.event(...success);
      exchange.end(historyEntry('success', [started, success], outputs));
      exchange.event('executing', { node: null });
    },
    ends: [['first.png', 'second.png']],
    result: [{ status: 'succeeded', images: [{ filename: 'first.png' }, { filename: 'second.png' }] }],
  },
];
