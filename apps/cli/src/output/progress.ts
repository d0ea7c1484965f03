import { stderr } from 'node:process';
import { plainText } from './plain-text.ts';
import { durationText, watchRemainingTime } from './remaining-time.ts';

/** The part of a terminal, or of another stream, that progress needs. */
interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where a long command says how far it is. */
export interface Progress {
  /** Says what is being done; `fraction` in [0, 1] if known. */
  update(message: string, fraction?: number): void;
  /** Ends the line that was being redrawn. */
  done(): void;
}

/** Progress on stderr: redrawn in place on a terminal, with the time that is left, else a plain line at each new message, 10 % or 10 s. */
export function createProgress(options: { quiet: boolean; stream?: ProgressStream }): Progress {
  const stream = options.stream ?? stderr;
  if (options.quiet) return { update: () => undefined, done: () => undefined };
  return stream.isTTY && process.env['TERM'] !== 'dumb' ? redrawn(stream) : inLines(stream);
}

function redrawn(stream: ProgressStream): Progress {
  const remaining = watchRemainingTime();
  let drawn = false;
  return {
    update(message, fraction) {
      const seconds = remaining.estimate(fraction);
      const left = seconds === null ? '' : `, ${durationText(seconds)} left`;
      const line = `${withPercent(message, fraction)}${left}`;
      stream.write(`\r\u001b[K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      drawn = true;
    },
    done() {
      if (drawn) stream.write('\r\u001b[K');
      drawn = false;
    },
  };
}

function inLines(stream: ProgressStream): Progress {
  let last = { key: '', at: -Infinity };
  return {
    update(message, fraction) {
      const subject = message.replace(/\d+/g, '');
      const key = `${subject} ${Math.floor((fraction ?? 0) * 10)}`;
      const now = performance.now();
      if (key === last.key && now - last.at < 10_000) return;
      last = { key, at: now };
      stream.write(`${withPercent(message, fraction)}\n`);
    },
    done: () => undefined,
  };
}

function withPercent(message: string, fraction: number | undefined): string {
  const percent = fraction === undefined ? '' : `${String(Math.round(fraction * 100)).padStart(3)} %  `;
  return `${percent}${plainText(message)}`;
}
