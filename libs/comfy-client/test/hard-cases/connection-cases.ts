import { playSuccess, successEntry } from '../prompt-exchange.ts';
import { oneFile, type HardCase } from './hard-case.ts';

/** Longer than a client takes to come back, 300 to 1,000 ms in those that do. */
const awayMs = 1_500;

/** What can go wrong with the event socket and the process behind it. */
export const connectionCases: readonly HardCase[] = [
  {
    number: 3,
    name: 'no event for a long time while a model loads',
    play: async (exchange, { silenceMs }) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      exchange.event('executing', { node: '1', display_node: '1' });
      await exchange.pause(silenceMs);
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded' }],
  },
  {
    number: 4,
    name: 'a socket that breaks, and a run that ends while it is down',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      await exchange.pause(30);
      exchange.dropSocket();
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', socketLost: true, serverMs: 40 }],
  },
  {
    number: 5,
    name: 'a socket that breaks twice',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      for (let drop = 0; drop < 2; drop += 1) {
        exchange.dropSocket();
        await exchange.pause(awayMs);
        exchange.event('executing', { node: '5', display_node: '5' });
      }
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', executedNodes: ['5', '7'], socketLost: true }],
  },
  {
    number: 6,
    name: 'a zombie socket: open, answering pings, and mute',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      exchange.forgetSocket();
      await exchange.pause(200);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', socketLost: true }],
  },
  {
    number: 6,
    name: 'a half-open socket, which never closes and never answers',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      await exchange.pause(30);
      exchange.freezeSocket();
      await exchange.pause(awayMs);
      playSuccess(exchange);
      exchange.end(successEntry);
    },
    ends: [oneFile],
    result: [{ status: 'succeeded', socketLost: true, executedNodes: ['5', '7'] }],
  },
  {
    number: 7,
    name: 'a server that is killed while the prompt runs and comes back with an empty history',
    play: async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      await exchange.pause(30);
      await exchange.restart(100);
    },
    ends: ['error'],
    result: [{ status: 'lost', accepted: true }],
  },
];
