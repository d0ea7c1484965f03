import { eventData, events, pictures, without } from './alter.ts';
import type { ProxyFaults } from './fault-proxy.ts';
import type { PlantedFault } from './planted-fault.ts';

/** The events of other clients are told with the next message. */
function gossiping(): ProxyFaults {
  const heard = new Map<object, string[]>();
  return {
    frames: () => {
      const self = {};
      heard.set(self, []);
      return (frame) => {
        const text = frame.payload.toString('utf8');
        if (frame.opcode !== 1) return [frame];
        if (text.includes('"prompt_id"')) for (const [other, list] of heard) if (other !== self) list.push(text);
        const others = heard.get(self)?.splice(0) ?? [];
        return [...others.map((told) => ({ ...frame, payload: Buffer.from(told) })), frame];
      };
    },
  };
}

/** Faults of what the WebSocket tells. */
export const socketFaults: readonly PlantedFault[] = [
  {
    name: 'success is not told',
    faults: () => without('execution_success'),
    found: ['events-of-success-come-in-order'],
  },
  {
    name: 'cached nodes are not told',
    faults: () => eventData('execution_cached', (data) => ({ ...data, nodes: [] })),
    found: ['repeated-prompt-is-cached-whole'],
  },
  {
    name: 'cached nodes are run again',
    faults: () =>
      events((event) =>
        event.type === 'execution_cached'
          ? [event, { type: 'executing', data: { node: 'picture', prompt_id: event.data['prompt_id'] } }]
          : [event],
      ),
    found: ['changed-node-runs-with-what-follows', 'renamed-nodes-are-cached'],
  },
  {
    name: 'outputs are told without their files',
    faults: () => eventData('executed', (data) => ({ ...data, output: {} })),
    found: ['executed-carries-what-history-keeps', 'cached-output-names-the-same-file'],
  },
  { name: 'events are told to all', faults: gossiping, found: ['events-go-to-their-client-only'] },
  {
    name: 'failures do not name the node',
    faults: () => eventData('execution_error', (data) => ({ ...data, node_id: null })),
    found: ['failed-node-ends-with-execution-error'],
  },
  {
    name: 'times are in seconds',
    faults: () => eventData('execution_start', (data) => ({ ...data, timestamp: 1_700_000_000 })),
    found: ['execution-events-carry-the-servers-time'],
  },
  {
    name: 'the first status has no sid',
    faults: () => eventData('status', ({ status: info }) => ({ status: info })),
    found: ['first-message-is-status-with-sid', 'nameless-socket-gets-a-sid'],
  },
  {
    name: 'feature flags stay unanswered',
    faults: () => without('feature_flags'),
    found: ['feature-flags-are-answered'],
  },
  {
    name: 'each step is told twice',
    faults: () => events((event) => (event.type === 'progress' ? [event, event] : [event])),
    found: ['progress-counts-the-steps'],
  },
  {
    name: 'nodes never finish',
    faults: () =>
      events((event) => [JSON.parse(JSON.stringify(event).replaceAll('"finished"', '"running"')) as typeof event]),
    found: ['progress-state-follows-each-node'],
  },
  {
    name: 'who comes back is told nothing',
    faults: () =>
      events((event) =>
        event.type === 'executing' && !('prompt_id' in event.data)
          ? []
          : event.type === 'executing' && event.data['node'] !== null
            ? []
            : [event],
      ),
    found: ['reconnected-client-hears-the-rest'],
  },
  {
    name: 'the picture’s format is misnamed',
    faults: () =>
      pictures((payload) => {
        const copy = Buffer.from(payload);
        copy.writeUInt32BE(1, 4);
        return copy;
      }),
    found: ['websocket-image-comes-as-a-frame'],
  },
  {
    name: 'previews name another prompt',
    faults: () =>
      pictures((payload) =>
        Buffer.from(
          payload.toString('latin1').replace(/"prompt_id": ?"./, (text) => `${text.slice(0, -1)}x`),
          'latin1',
        ),
      ),
    found: ['negotiated-previews-name-their-prompt'],
  },
  {
    name: 'messages are no JSON',
    faults: () => ({
      frames: () => (frame) => [frame.opcode === 1 ? { ...frame, payload: frame.payload.subarray(1) } : frame],
    }),
    found: ['events-go-to-their-client-only'],
  },
  {
    name: 'the connection ends after a while',
    faults: () => ({
      frames: () => {
        let count = 0;
        return (frame) => (++count > 4 ? [{ fin: true, opcode: 8, payload: Buffer.from([0x03, 0xe8]) }] : [frame]);
      },
    }),
    found: ['nodes-begin-after-what-they-need'],
  },
];
