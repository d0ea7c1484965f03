import { randomBytes } from 'node:crypto';
import { chooseChecks } from './choose-checks.ts';
import type { ConformanceArea, ConformanceCheck, Finding } from './check.ts';
import { type ConformanceTarget, openContext } from './conformance-context.ts';
import { ComfyConformanceError } from './errors.ts';
import { describe, Unavailable, Unmet } from './finding.ts';
import { BodyTooLarge } from './http-exchange.ts';
import { identifyServer } from './identify-server.ts';
import type { SystemStatsForm } from './protocol-forms.ts';

/** Options of {@link runConformance}. */
export interface RunConformanceOptions {
  /** The server, such as `http://127.0.0.1:8188`. */
  readonly url: string;
  /** Areas and ids to check. @default all */
  readonly only?: readonly string[] | undefined;
  /** The model to sample with. @default the first that the server lists */
  readonly checkpoint?: string | undefined;
  /** Ends the server and starts it again at the same address. Without it, what a restart does is not checked. */
  readonly restart?: (() => Promise<void>) | undefined;
  /** Longest wait for one answer or event, milliseconds. @default 30_000 */
  readonly patienceMs?: number | undefined;
  /** Longest wait for an event where a model may be loaded or sample, milliseconds. @default 240_000 */
  readonly modelPatienceMs?: number | undefined;
  /** Longest time of one check, milliseconds. @default 600_000 */
  readonly checkTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told before each check. */
  readonly onProgress?: ((check: ConformanceCheck, index: number, count: number) => void) | undefined;
}

/** What one check found, with the time it took. */
export type CheckResult = {
  readonly id: string;
  readonly area: ConformanceArea;
  readonly statement: string;
  readonly durationMs: number;
} & (
  | Finding
  /** The check could not be carried out: the connection was refused, the time was up. */
  | { readonly outcome: 'error'; readonly reason: string }
);

/** What a whole run found. */
export interface ConformanceReport {
  readonly url: string;
  readonly stats: SystemStatsForm;
  /** The model that was sampled with; null if the server lists none. */
  readonly checkpoint: string | null;
  /** Whether the server could be restarted. */
  readonly restarted: boolean;
  readonly results: readonly CheckResult[];
}

/**
 * Puts the checks to a server one after the other, in their order. They only touch prompts and files of their own.
 *
 * @throws ComfyConformanceError when no ComfyUI answers at the address or a choice is unknown; the signal's reason
 */
export async function runConformance(options: RunConformanceOptions): Promise<ConformanceReport> {
  const { signal, patienceMs = 30_000, restart } = options;
  signal?.throwIfAborted();
  const checks = chooseChecks(options.only);
  const server = await identifyServer(options.url, patienceMs, signal);
  const target: ConformanceTarget = {
    url: server.url,
    runId: randomBytes(4).toString('hex'),
    stats: server.stats,
    checkpoint: options.checkpoint ?? server.checkpoints[0] ?? null,
    restart: restart === undefined ? null : () => restarted(restart, server.url, signal),
    patienceMs,
    modelPatienceMs: options.modelPatienceMs ?? 240_000,
  };
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    signal?.throwIfAborted();
    options.onProgress?.(check, index, checks.length);
    results.push(await runCheck(check, target, options.checkTimeoutMs ?? 600_000, signal));
  }
  signal?.throwIfAborted();
  const { url, stats, checkpoint } = target;
  return { url, stats, checkpoint, restarted: restart !== undefined, results };
}

async function runCheck(
  check: ConformanceCheck,
  target: ConformanceTarget,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<CheckResult> {
  const { id, area, statement } = check;
  const timeUp = new AbortController();
  const { context, close } = openContext(
    target,
    signal === undefined ? timeUp.signal : AbortSignal.any([timeUp.signal, signal]),
  );
  const startedAt = performance.now();
  let clock: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    clock = setTimeout(() => reject(new Error(`the check did not end within ${timeoutMs} ms`)), timeoutMs);
    signal?.addEventListener('abort', () => reject(new Error('aborted')), { signal: timeUp.signal });
  });
  const found = await Promise.race([check.run(context), overdue]).catch(findingOf);
  clearTimeout(clock);
  timeUp.abort();
  await close();
  return { id, area, statement, durationMs: Math.round(performance.now() - startedAt), ...found };
}

function findingOf(thrown: unknown): Finding | { outcome: 'error'; reason: string } {
  if (thrown instanceof Unmet) return { outcome: 'fail', expected: thrown.expected, seen: thrown.seen };
  if (thrown instanceof Unavailable) return { outcome: 'not-available', reason: describe(thrown.message) };
  if (thrown instanceof BodyTooLarge)
    return { outcome: 'fail', expected: 'an answer of bounded size', seen: thrown.message };
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return { outcome: 'error', reason: describe(cause instanceof Error ? cause.message || cause.name : String(cause)) };
}

async function restarted(restart: () => Promise<void>, url: string, signal: AbortSignal | undefined): Promise<void> {
  await restart();
  const pauseMs = 250;
  for (let attempt = 0; attempt < 480; attempt++) {
    signal?.throwIfAborted();
    try {
      await identifyServer(url, 5_000, signal);
      return;
    } catch (error) {
      if (!(error instanceof ComfyConformanceError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  throw new ComfyConformanceError('COMFY_CONFORMANCE_RESTART_FAILED', `${url} did not come back after a restart`);
}
