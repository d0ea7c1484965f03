import type { ComfyClient } from '../client.ts';
import { openEventSocket, type EventSocket, type EventSocketOptions } from './open-event-socket.ts';

/** Options of {@link keepSubscribed}. */
export interface SubscriptionOptions extends EventSocketOptions {
  /** Events come again; those in between are gone. */
  readonly onRestored: () => void;
  /** Before the first new attempt, milliseconds; each further one waits twice as long, up to 32 times. */
  readonly reconnectMs: number;
}

const longestFactor = 32;

/**
 * Subscribes as {@link openEventSocket} does, and again whenever the connection breaks, until it is closed. The new socket
 * is opened only after the old one is gone: ComfyUI forgets the subscriber when the older of two sockets closes.
 * `onLost` is called once for each break, also if the first connection fails.
 */
export async function keepSubscribed(client: ComfyClient, options: SubscriptionOptions): Promise<EventSocket> {
  let socket: EventSocket | null = null;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isDown = false;
  let factor = 1;

  const takeLoss = (reason: string): void => {
    // Attempts that fail while it is down are the same break.
    if (!isDown) options.onLost(reason);
    isDown = true;
    if (isClosed || options.signal.aborted) return;
    // Clients that lost the same server shall not all come back at the same moment.
    retry = setTimeout(() => void connect(), options.reconnectMs * factor * (0.75 + Math.random() / 2));
    factor = Math.min(factor * 2, longestFactor);
  };
  const connect = async (): Promise<void> => {
    const attempt = { failed: false };
    const onLost = (reason: string): void => {
      attempt.failed = true;
      takeLoss(reason);
    };
    const opened = await openEventSocket(client, { ...options, onLost });
    if (isClosed) opened.close();
    else socket = opened;
    if (attempt.failed || isClosed) return;
    factor = 1;
    if (isDown) options.onRestored();
    isDown = false;
  };

  await connect();
  return {
    close: () => {
      isClosed = true;
      clearTimeout(retry);
      socket?.close();
    },
  };
}
