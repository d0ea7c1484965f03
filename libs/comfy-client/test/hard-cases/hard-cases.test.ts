import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { createComfyClient, startWorkflow, type JobResult, type ProgressEvent } from '../../src/index.ts';
import { startProtocolServer, type ProtocolServer } from '../protocol-server.ts';
import { everyCase } from './every-case.ts';
import { hardCaseGraph, type HardCase } from './hard-case.ts';

const timing = {
  pollMinMs: 20,
  pollMaxMs: 50,
  absenceMs: 1_200,
  unreachableMs: 2_000,
  settleMs: 5_000,
  cancelMs: 500,
  reconnectMs: 50,
  heartbeatMs: 500,
};
/** Longer than any patience above. */
const silenceMs = 3_000;

interface Seen {
  readonly server: ProtocolServer;
  readonly jobs: readonly JobResult[];
  /** All of them, as they came. */
  readonly heard: readonly ProgressEvent[];
  /** Those that the slow reader got. */
  readonly events: readonly ProgressEvent[];
}

/** Each event is read only after a pause: a reader slower than any of these servers. */
async function runCase(hardCase: HardCase): Promise<Seen> {
  let turn = 0;
  const server = await startProtocolServer({
    ...hardCase.server,
    onPrompt: (exchange) => hardCase.play(exchange, { turn: turn++, silenceMs }),
  });
  const client = createComfyClient({ url: server.url, requestTimeoutMs: 2_000 });
  const jobs: JobResult[] = [];
  const events: ProgressEvent[] = [];
  const heard: ProgressEvent[] = [];
  const onEvent = (event: ProgressEvent): void => void heard.push(event);
  try {
    while (jobs.length < hardCase.ends.length) {
      const run = startWorkflow(client, hardCase.graph ?? hardCaseGraph, {
        timing,
        timeoutMs: 20_000,
        previews: true,
        onEvent,
      });
      for await (const event of run) {
        events.push(event);
        await sleep(5);
      }
      jobs.push(await run.result);
    }
    return { server, jobs, heard, events };
  } finally {
    await server.close();
  }
}

function progressOf({ events }: Seen): readonly number[] {
  return events.flatMap((event) => (event.type === 'progress' ? [event.value] : []));
}

/** What the result alone does not show. */
const further: Readonly<Record<number, (seen: Seen) => void>> = {
  7: ({ events }) => expect(events.map((event) => event.type)).toContain('socket-restored'),
  10: ({ server, jobs }) => expect(server.interrupted).toEqual([jobs[0]?.promptId]),
  16: (seen) => expect(progressOf(seen)).not.toContain(9),
  17: ({ heard }) => {
    const previews = heard.filter((event) => event.type === 'preview');
    expect(new Set(previews.map((preview) => preview.mediaType))).toEqual(new Set(['image/jpeg', 'image/png']));
  },
  22: (seen) => {
    expect(progressOf(seen).length).toBeLessThan(1_000);
    expect(progressOf(seen)).toContain(5_000);
  },
  24: ({ jobs }) => {
    const [job] = jobs;
    if (job?.status !== 'succeeded') throw new Error('no success');
    expect(job.clientMs).toBeGreaterThan(0);
    expect(job.clientMs).toBeLessThan(60_000);
    expect(job.queueMs).toBeGreaterThanOrEqual(0);
  },
};

describe('hard case', () => {
  for (const hardCase of everyCase) {
    it.concurrent(`${hardCase.number}: ${hardCase.name}`, async () => {
      const seen = await runCase(hardCase);
      const files = seen.jobs.map((job) =>
        job.status === 'succeeded' ? job.images.map((image) => image.filename) : 'error',
      );
      expect(files).toEqual(hardCase.ends);
      expect(seen.jobs).toMatchObject(hardCase.result);
      expect(seen.server.violations).toEqual([]);
      expect(seen.server.exchanges).toHaveLength(hardCase.ends.length);
      further[hardCase.number]?.(seen);
    });
  }

  it('list holds every number but 21', () => {
    const numbers = new Set(everyCase.map((hardCase) => hardCase.number));
    expect([...numbers, 21].toSorted((first, second) => first - second)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
  });
});
