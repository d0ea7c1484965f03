/** A line of the log, as `/internal/logs/raw` shows it. */
export interface LogEntry {
  /** Local time, ISO 8601 without zone. */
  readonly t: string;
  /** The line with its line feed. */
  readonly m: string;
}

const capacity = 300;
const longestLine = 2000;

function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

/** The latest 300 lines of the server's log, as many as ComfyUI keeps. */
export class LogRing {
  readonly #entries: LogEntry[] = [];
  readonly #listeners = new Set<(entry: LogEntry) => void>();

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** @param line - Cut after 2000 characters; control characters become spaces. */
  add(line: string): void {
    const entry = { t: localTime(new Date()), m: `${line.slice(0, longestLine).replaceAll(/\p{Cc}/gu, ' ')}\n` };
    this.#entries.push(entry);
    if (this.#entries.length > capacity) this.#entries.shift();
    for (const listener of this.#listeners) listener(entry);
  }

  onLine(listener: (entry: LogEntry) => void): void {
    this.#listeners.add(listener);
  }
}
