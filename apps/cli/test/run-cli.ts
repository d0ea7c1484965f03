import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a command ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunCliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Longest wait for its end; 120,000 unless told. */
  readonly timeoutMs?: number;
  /** Signal to send as soon as stderr contains the text. */
  readonly interrupt?: { readonly after: string; readonly signal: NodeJS.Signals };
  /** Something else to do then. */
  readonly act?: { readonly after: string; readonly run: () => void };
}

/** Runs the real `dgx-pixels` in a process of its own. */
export function runCli(args: readonly string[], options: RunCliOptions = {}): Promise<CliRun> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../bin/dgx-pixels.mjs'), ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs ?? 120_000,
  });
  let stdout = '';
  let stderr = '';
  let { interrupt, act } = options;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (interrupt && stderr.includes(interrupt.after)) {
      child.kill(interrupt.signal);
      interrupt = undefined;
    }
    if (act && stderr.includes(act.after)) {
      act.run();
      act = undefined;
    }
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
