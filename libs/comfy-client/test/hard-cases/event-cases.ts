import { playSuccess, savedImage, successEntry, type Exchange } from '../prompt-exchange.ts';
import { oneFile, type HardCase } from './hard-case.ts';

function begin(exchange: Exchange): void {
  exchange.enqueue('running');
  exchange.accept();
  exchange.event('execution_start', { timestamp: 1_000 });
  exchange.event('executing', { node: '5', display_node: '5' });
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

/** A picture that says whose it is. */
function describedPicture(about: Record<string, unknown>): Buffer {
  const text = Buffer.from(JSON.stringify(about));
  return Buffer.concat([numbers(4, text.length), text, jpeg]);
}

/** What the event stream can carry besides a run's own events in order. */
export const eventCases: readonly HardCase[] = [
  {
    number: 16,
    name: 'progress of other people, and events that name no prompt',
    play: (exchange) => {
      begin(exchange);
      const foreign = { prompt_id: 'somebody else', node: '99' };
      exchange.frame(JSON.stringify({ type: 'progress', data: { ...foreign, value: 9, max: 9 } }));
      exchange.frame(JSON.stringify({ type: 'executing', data: { node: '99' } }));
      exchange.frame(JSON.stringify({ type: 'execution_error', data: { ...foreign, exception_message: 'theirs' } }));
      exchange.frame(JSON.stringify({ type: 'executing', data: { prompt_id: 'somebody else', node: null } }));
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'] }],
  },
  {
    number: 17,
    name: 'binary frames of every type, unknown, truncated, and 20 MB long',
    play: (exchange) => {
      begin(exchange);
      exchange.frame(Buffer.concat([numbers(1, 1), jpeg]));
      exchange.frame(Buffer.concat([numbers(3, 1), Buffer.from('5some text')]));
      exchange.frame(describedPicture({ node_id: '5', prompt_id: exchange.promptId, image_type: 'image/jpeg' }));
      exchange.frame(describedPicture({ node_id: '5', prompt_id: 'somebody else', image_type: 'image/jpeg' }));
      exchange.frame(Buffer.concat([numbers(77), jpeg]));
      exchange.frame(Buffer.from([0, 0]));
      exchange.frame(numbers(4, 4_000_000_000));
      exchange.frame(Buffer.concat([numbers(1, 2), Buffer.alloc(20 * 2 ** 20)]));
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'] }],
  },
  {
    number: 22,
    name: '5,000 progress events in a second, with a slow reader',
    play: async (exchange) => {
      begin(exchange);
      for (let burst = 0; burst < 100; burst += 1) {
        for (let step = 0; step < 50; step += 1) {
          exchange.event('progress', { value: burst * 50 + step + 1, max: 5_000, node: '5' });
        }
        await exchange.pause(10);
      }
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'] }],
  },
  {
    number: 23,
    name: 'events that come twice and in another order',
    play: (exchange) => {
      begin(exchange);
      for (const value of [2, 1, 2, 3, 3, 1]) exchange.event('progress', { value, max: 3, node: '5' });
      exchange.event('executing', { node: '5', display_node: '5' });
      exchange.event('execution_start', { timestamp: 1_000 });
      exchange.event('executing', { node: null });
      playSuccess(exchange);
      exchange.event('execution_success', { timestamp: 1_040 });
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'], serverMs: 40 }],
  },
  {
    number: 24,
    name: 'a server clock that is an hour off, and runs backwards',
    play: (exchange) => {
      const hourAgo = Date.now() - 3_600_000;
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: hourAgo });
      exchange.event('executing', { node: '7', display_node: '7' });
      exchange.event('executed', { node: '7', display_node: '7', output: savedImage['7'] });
      exchange.event('execution_success', { timestamp: hourAgo - 5_000 });
      const messages = [
        ['execution_start', { timestamp: hourAgo }],
        ['execution_success', { timestamp: hourAgo - 5_000 }],
      ];
      exchange.end({ ...successEntry, status: { status_str: 'success', completed: true, messages } });
      exchange.event('executing', { node: null });
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', serverMs: null }],
  },
];
