import type { LogEntry, LogRing } from './log-ring.ts';
import type { SocketHub } from './socket-hub.ts';

const maxSubscriptions = 64;

/** Clients that get every line of the log as a `logs` event, until they ask for no more or disconnect. */
export class LogSubscriptions {
  readonly #hub: SocketHub;
  readonly #clientIds = new Set<string>();

  constructor(log: LogRing, hub: SocketHub) {
    this.#hub = hub;
    log.onLine((entry) => this.#tell(entry));
  }

  set(clientId: string, enabled: boolean): void {
    if (!enabled) this.#clientIds.delete(clientId);
    else if (this.#hub.has(clientId) && this.#clientIds.size < maxSubscriptions) this.#clientIds.add(clientId);
  }

  #tell({ t, m }: LogEntry): void {
    for (const clientId of this.#clientIds) {
      if (this.#hub.has(clientId)) this.#hub.send('logs', { entries: [{ t, m }], size: null }, clientId);
      else this.#clientIds.delete(clientId);
    }
  }
}
