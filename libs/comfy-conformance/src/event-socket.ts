import { WebSocket } from 'ws';
import { Unmet } from './finding.ts';
import { readForm } from './http-exchange.ts';
import { eventForm, type EventForm } from './protocol-forms.ts';

/** Bounds of one connection. */
export interface SocketLimits {
  /** Longest wait for one message, milliseconds. */
  readonly timeoutMs: number;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  /** Messages that are kept; more of them end the connection. */
  readonly maxMessages: number;
}

/** A connection to `/ws` that writes down everything it hears. */
export interface EventSocket {
  /** Text messages in the order of arrival. */
  readonly events: readonly EventForm[];
  /** Binary messages in the order of arrival. */
  readonly frames: readonly Buffer[];
  /** Sends a text message. */
  send(value: unknown): void;
  /** The first event, past or future, that matches. @throws Unmet when none comes in time */
  until(what: string, matches: (event: EventForm) => boolean, timeoutMs?: number): Promise<EventForm>;
  /** Waits for a state of the socket, such as a number of frames. @throws Unmet when it does not come in time */
  untilHeard(what: string, isReached: () => boolean, timeoutMs?: number): Promise<void>;
  /** Ends the connection. */
  close(): void;
}

/** Connects, without waiting for a first message. @throws Unmet when the server does not shake hands */
export async function connectSocket(url: string, limits: SocketLimits): Promise<EventSocket> {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    followRedirects: false,
    handshakeTimeout: limits.timeoutMs,
    maxPayload: limits.maxMessageBytes,
  });
  const events: EventForm[] = [];
  const frames: Buffer[] = [];
  const watchers = new Set<() => void>();
  let fault: Unmet | null = null;
  const fail = (expected: string, seen: unknown): void => {
    fault ??= new Unmet(expected, seen);
    socket.terminate();
  };
  const hear = (data: unknown, isBinary: boolean): void => {
    if (!Buffer.isBuffer(data)) return;
    if (events.length + frames.length >= limits.maxMessages) fail(`at most ${limits.maxMessages} messages`, 'more');
    else if (isBinary) frames.push(data);
    else {
      try {
        events.push(readForm(eventForm, JSON.parse(data.toString('utf8')), 'messages of the form {type, data}'));
      } catch (error) {
        fail(
          'text messages that are JSON of the form {type, data}',
          error instanceof Unmet ? error.seen : data.toString(),
        );
      }
    }
    for (const look of watchers) look();
  };
  socket.on('message', hear);
  socket.on('close', (code) => {
    fault ??= new Unmet('the connection to stay open', `closed with ${code}`);
    for (const look of watchers) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.on('error', (error) => {
      fault ??= new Unmet('a WebSocket connection at /ws', error.message);
      reject(fault);
    });
  });
  const untilHeard = (what: string, isReached: () => boolean, timeoutMs = limits.timeoutMs): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        watchers.delete(look);
        clearTimeout(patience);
        finish();
      };
      const look = (): void => {
        if (isReached()) settle(resolve);
        else if (fault !== null) settle(() => reject(fault ?? new Unmet(what, 'nothing')));
      };
      const patience = setTimeout(
        () =>
          settle(() => reject(new Unmet(`${what} within ${timeoutMs} ms`, events.map(({ type }) => type).slice(-12)))),
        timeoutMs,
      );
      watchers.add(look);
      look();
    });
  return {
    events,
    frames,
    send: (value) => socket.send(JSON.stringify(value)),
    untilHeard,
    async until(what, matches, timeoutMs) {
      let found: EventForm | undefined;
      await untilHeard(what, () => (found = events.find(matches)) !== undefined, timeoutMs);
      if (found === undefined) throw new Unmet(what, 'nothing');
      return found;
    },
    close: () => socket.terminate(),
  };
}
