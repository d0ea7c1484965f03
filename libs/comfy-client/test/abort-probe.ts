import { createComfyClient, runWorkflow } from '../src/index.ts';

/** Runs a workflow, aborts at a given moment, says how it ended, and leaves nothing that keeps the process alive. */
const [url = '', stage = ''] = process.argv.slice(2);
const client = createComfyClient({ url, requestTimeoutMs: 60_000 });
const controller = new AbortController();
const graph = { '7': { class_type: 'SaveImage', inputs: {} } };
if (stage === 'connecting') setTimeout(() => controller.abort(new Error('stop')), 100);
try {
  const job = await runWorkflow(client, graph, {
    signal: controller.signal,
    timing: { cancelMs: 300 },
    onEvent: (event) => {
      if (event.type === stage) controller.abort(new Error('stop'));
    },
  });
  process.stdout.write(`${job.status}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : 'not an error'}\n`);
}
// A destroyed socket leaves the list in the close phase of the event loop, after the first of these.
await new Promise((resolve) => setImmediate(resolve));
await new Promise((resolve) => setImmediate(resolve));
const leaks = process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name.includes('TCP'));
process.stdout.write(`${leaks.join(' ') || 'nothing left'}\n`);
