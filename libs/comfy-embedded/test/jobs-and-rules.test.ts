import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { getJson, openEventLog, post, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

const slowEngine = (): ArithmeticEngine => new ArithmeticEngine({ stepMs: 10 });

describe('/api/jobs', () => {
  it('is not there by default, and never without the prefix', async () => {
    const { url } = await openTestServer();
    expect((await fetch(`${url}/api/jobs`)).status).toBe(404);
    const { url: withJobs } = await openTestServer({ jobsApi: true });
    expect((await fetch(`${withJobs}/jobs`)).status).toBe(404);
    expect((await fetch(`${withJobs}/api/jobs`)).status).toBe(200);
  });

  it('follows a job from waiting to its end', async () => {
    const { url } = await openTestServer({ jobsApi: true, engine: slowEngine() });
    const log = await openEventLog(url, 'mine');
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    const long = textToImageGraph({ steps: 1000 });
    for (const prompt_id of [first, second, third]) await submit(url, long, { prompt_id, client_id: 'mine' });
    await log.until(({ type }) => type === 'progress');
    const status = async (id: string): Promise<unknown> =>
      ((await getJson(`${url}/api/jobs/${id}`)) as { status?: unknown }).status;
    expect([await status(first), await status(second)]).toEqual(['in_progress', 'pending']);
    expect(await getJson(`${url}/api/jobs?status=pending&limit=1`)).toMatchObject({
      jobs: [{ status: 'pending', execution_start_time: null }],
      pagination: { offset: 0, limit: 1, total: 2, has_more: true },
    });
    const cancel = `${url}/api/jobs/cancel`;
    expect((await post(cancel, { job_ids: [second, third] })).json).toEqual({ cancelled: true });
    expect((await post(cancel, { job_ids: [second, third] })).json).toEqual({ cancelled: false });
    expect((await post(`${url}/api/jobs/${first}/cancel`, '')).json).toEqual({ cancelled: true });
    await waitForHistory(url, first);
    expect(await status(first)).toBe('cancelled');
    expect((await fetch(`${url}/api/jobs/${second}`)).status).toBe(404);
  });

  it('tells failures and outputs', async () => {
    const faults = { outOfMemoryAt: 'decoder' };
    const { url } = await openTestServer({ jobsApi: true, faults });
    const id = await submit(url, textToImageGraph());
    await waitForHistory(url, id);
    expect(await getJson(`${url}/api/jobs/${id}`)).toMatchObject({
      status: 'failed',
      execution_error: { node_id: 'decoder', exception_type: 'torch.OutOfMemoryError' },
    });
  });

  it.each(['?status=bogus', '?limit=0', '?limit=x', '?sort_by=name'])('refuses %s', async (query) => {
    const { url } = await openTestServer({ jobsApi: true });
    expect((await fetch(`${url}/api/jobs${query}`)).status).toBe(400);
  });

  it('refuses to cancel what is no id', async () => {
    const { url } = await openTestServer({ jobsApi: true });
    expect((await post(`${url}/api/jobs/nonsense/cancel`, '')).status).toBe(400);
    expect((await post(`${url}/api/jobs/cancel`, { job_ids: ['nonsense'] })).status).toBe(400);
  });
});

describe('the rules of 0.38', () => {
  it('take lower-case UUIDs as prompt_id, nothing else', async () => {
    const { url, version } = await openTestServer({ rules: '0.38' });
    expect(version).toMatch(/^0\.38\./);
    const id = randomUUID();
    expect(await submit(url, textToImageGraph(), { prompt_id: id })).toBe(id);
    for (const prompt_id of [id.toUpperCase(), 'mine']) {
      expect(await post(`${url}/prompt`, { prompt: textToImageGraph(), prompt_id })).toMatchObject({
        status: 400,
        json: { error: { type: 'invalid_prompt_id' } },
      });
    }
  });
});
