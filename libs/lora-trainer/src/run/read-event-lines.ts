import { createReadStream } from 'node:fs';
import { type TrainEvent, trainEventSchema } from '../protocol/train-event.ts';

/** Longest line that is read, in bytes: the validation of a thousand pictures takes a few MiB. */
const maxLineBytes = 64 * 2 ** 20;

/** Splits a stream of bytes into events. What is no event is counted and told, never thrown: a line may be torn. */
export class EventLines {
  #rest: Buffer[] = [];
  #restBytes = 0;
  #oversized = false;
  readonly #onEvent: (event: TrainEvent) => void;
  readonly #onFault: (fault: string) => void;

  /** @param onFault told what is wrong with a line, which is left out */
  constructor(onEvent: (event: TrainEvent) => void, onFault: (fault: string) => void) {
    this.#onEvent = onEvent;
    this.#onFault = onFault;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      this.#keep(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** Says that nothing follows: a last line without its end is a torn one. */
  end(): void {
    if (this.#restBytes > 0) this.#onFault(`the last line is torn after ${this.#restBytes} bytes`);
    this.#clear();
  }

  #keep(part: Buffer): void {
    this.#restBytes += part.length;
    if (this.#restBytes > maxLineBytes) {
      this.#oversized = true;
      this.#rest = [];
    } else if (part.length > 0) this.#rest.push(part);
  }

  #endLine(): void {
    const line = Buffer.concat(this.#rest).toString('utf8');
    const oversized = this.#oversized;
    this.#clear();
    if (oversized) this.#onFault(`a line is longer than ${maxLineBytes} bytes`);
    else if (line.trim() !== '') this.#read(line);
  }

  #read(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      this.#onFault(`no JSON: ${line.slice(0, 80)}`);
      return;
    }
    const event = trainEventSchema.safeParse(value);
    if (event.success) this.#onEvent(event.data);
    else this.#onFault(`no event: ${event.error.issues[0]?.message ?? ''} in ${line.slice(0, 80)}`);
  }

  #clear(): void {
    this.#rest = [];
    this.#restBytes = 0;
    this.#oversized = false;
  }
}

/** Reads the events of a file from a byte on; the byte after the last whole line, where reading goes on later. */
export async function readEventFile(path: string, onEvent: (event: TrainEvent) => void, from = 0): Promise<number> {
  let whole = from;
  let at = from;
  const lines = new EventLines(onEvent, () => undefined);
  try {
    for await (const chunk of createReadStream(path, { start: from })) {
      const bytes = chunk as Buffer;
      const last = bytes.lastIndexOf(10);
      if (last >= 0) whole = at + last + 1;
      at += bytes.length;
      lines.push(bytes);
    }
  } catch (error) {
    // A run that was never started has no events yet.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return whole;
}
