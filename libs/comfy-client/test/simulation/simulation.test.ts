import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createComfyClient, runWorkflow, type JobResult } from '../../src/index.ts';
import { hardCaseGraph } from '../hard-cases/hard-case.ts';
import { startProtocolServer } from '../protocol-server.ts';
import { playPlan, type PlanPlayer } from './play-plan.ts';
import { runPlan, type RunPlan } from './run-plan.ts';

const seeds = 2_000;
/** Set it to the seed that a failure names, to play the same plans again. */
const baseSeed = Number(process.env['SIMULATION_SEED'] ?? Date.now() % 2 ** 31);
const atOnce = 40;

const timing = {
  pollMinMs: 4,
  pollMaxMs: 16,
  absenceMs: 150,
  unreachableMs: 1_500,
  settleMs: 40,
  reconnectMs: 4,
  heartbeatMs: 100,
  cancelMs: 200,
};
const timeoutMs = 3_000;
/** What a call may take at the most, and as much again for a busy machine. */
const boundMs = 10 * (timeoutMs + timing.cancelMs);

const givenUp = new Error('the caller gave up');

/** Plays one plan and says what is wrong with the way it ended; null: nothing. */
async function judge(plan: RunPlan): Promise<string | null> {
  const player = playPlan(plan);
  const server = await startProtocolServer(player);
  const caller = new AbortController();
  const abort = plan.abortAfterMs === null ? undefined : setTimeout(() => caller.abort(givenUp), plan.abortAfterMs);
  const watchdog = new AbortController();
  try {
    const client = createComfyClient({ url: server.url, requestTimeoutMs: 300 });
    const run = runWorkflow(client, hardCaseGraph, { timing, timeoutMs, signal: caller.signal }).catch(
      (error: unknown) => ({ status: 'threw', error }) as const,
    );
    const late = sleep(boundMs, 'late' as const, { signal: watchdog.signal }).catch(() => 'late' as const);
    const job = await Promise.race([run, late]);
    if (job === 'late') return `no end within ${boundMs} ms`;
    if (server.violations.length > 0) return server.violations.join('; ');
    if (player.executions() > 1 || server.exchanges.length > 1) return 'sent more than once';
    if (getEventListeners(caller.signal, 'abort').length > 0) return "a listener is left on the caller's signal";
    if (job.status === 'threw') return job.error === givenUp ? null : `threw ${String(job.error)}`;
    return contradiction(plan, player, job);
  } finally {
    clearTimeout(abort);
    watchdog.abort();
    await server.close();
  }
}

/** The end that was told against the end that was played. */
function contradiction(plan: RunPlan, player: PlanPlayer, job: JobResult): string | null {
  const told = job.status === 'failed' ? job.reason : job.status;
  if (told === 'timed-out') return plan.end === 'never' || player.hasRestarted() ? null : 'timed out though it ended';
  if (told === 'rejected')
    return player.executions() === 0 || player.hasRestarted() || plan.end === 'vanish'
      ? null
      : 'rejected though it ran';
  if (told === 'validation') {
    return ['refuses', 'accepts in part'].includes(plan.submission) ? null : 'invalid though nobody said so';
  }
  if (told === 'lost') {
    const isGone = player.executions() === 0 || player.hasRestarted() || plan.end === 'vanish';
    return isGone ? null : 'lost though the server knows it';
  }
  const expected = {
    success: 'succeeded',
    error: 'node-error',
    'out of memory': 'out-of-memory',
    interrupt: 'interrupted',
    blocked: 'blocked',
    vanish: 'lost',
    never: 'timed-out',
  }[plan.end];
  return told === expected && player.hasEnded() ? null : `${told} instead of ${expected}`;
}

function liveHandles(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name.startsWith('TCP'));
}

describe('a run against a server that fails at random', () => {
  it(`keeps its promises for ${seeds} seeds`, { timeout: 300_000 }, async () => {
    const plans = fc.sample(runPlan, { seed: baseSeed, numRuns: seeds });
    const before = liveHandles().length;
    const faults: string[] = [];
    for (let first = 0; first < plans.length; first += atOnce) {
      const batch = plans.slice(first, first + atOnce);
      const verdicts = await Promise.all(batch.map(judge));
      verdicts.forEach((verdict, index) => {
        if (verdict !== null) faults.push(`plan ${first + index}: ${verdict}: ${JSON.stringify(batch[index])}`);
      });
      // Late answers of scripts, and sockets on their way out.
      for (let turn = 0; turn < 100 && liveHandles().length > before; turn += 1) await sleep(10);
      if (liveHandles().length > before) faults.push(`plans ${first} and on leave ${liveHandles().join(' ')}`);
    }
    expect(faults, `SIMULATION_SEED=${baseSeed}`).toEqual([]);
  });
});
