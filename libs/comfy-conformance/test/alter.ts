import type { PassingReply, ProxyFaults } from './fault-proxy.ts';
import type { SocketFrame } from './socket-frames.ts';

type Json = Record<string, unknown>;

/** Changes answers to a method and path. */
export function replies(method: string, path: RegExp, change: (reply: PassingReply) => unknown): ProxyFaults {
  return {
    reply(reply) {
      if (reply.method !== method || !path.test(reply.path)) return undefined;
      return change(reply) === 'cut' ? 'cut' : undefined;
    },
  };
}

/** Changes the JSON text of answers to a method and path. */
export function jsonText(method: string, path: RegExp, change: (text: string) => string): ProxyFaults {
  return replies(method, path, (reply) => {
    reply.body = Buffer.from(change(reply.body.toString('utf8')));
  });
}

/** Changes the JSON of requests to a path. */
export function sentJson(path: RegExp, change: (value: Json) => unknown): ProxyFaults {
  return {
    request(asked, body) {
      if (!path.test(asked) || body[0] !== 0x7b) return body;
      const value = JSON.parse(body.toString('utf8')) as Json;
      change(value);
      return Buffer.from(JSON.stringify(value));
    },
  };
}

/** Puts other events in the place of each event: none, one or several. */
export function events(
  change: (event: { type: string; data: Json }) => readonly { type: string; data: Json }[],
): ProxyFaults {
  return {
    frames: () => (frame) => {
      if (frame.opcode !== 1) return [frame];
      const event = JSON.parse(frame.payload.toString('utf8')) as { type: string; data: Json };
      return change(event).map((passing) => ({ ...frame, payload: Buffer.from(JSON.stringify(passing)) }));
    },
  };
}

/** Swallows events of a type. */
export function without(type: string): ProxyFaults {
  return events((event) => (event.type === type ? [] : [event]));
}

/** Changes the data of events of a type. */
export function eventData(type: string, change: (data: Json) => Json): ProxyFaults {
  return events((event) => [event.type === type ? { type, data: change(event.data) } : event]);
}

/** Changes binary messages. */
export function pictures(change: (payload: Buffer) => Buffer): ProxyFaults {
  return {
    frames: () => (frame: SocketFrame) => [frame.opcode === 2 ? { ...frame, payload: change(frame.payload) } : frame],
  };
}
