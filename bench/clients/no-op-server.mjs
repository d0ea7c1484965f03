import { parentPort } from 'node:worker_threads';

import { startProtocolServer } from '../../libs/comfy-client/test/protocol-server.ts';
import { historyEntry } from '../../libs/comfy-client/test/prompt-exchange.ts';

const server = await startProtocolServer({ givesIds: true, registrationMs: 0, onPrompt });
parentPort?.postMessage(server.url);

/** @typedef {import('../../libs/comfy-client/test/prompt-exchange.ts').Exchange} Exchange */

/**
 * Ends a prompt at once; a node `Chatty` first tells 5,000 progress events a second for its `seconds`.
 *
 * @param {Exchange} exchange
 */
async function onPrompt(exchange) {
  exchange.enqueue('running');
  exchange.accept();
  exchange.event('execution_start', { timestamp: Date.now() });
  const node = exchange.graph['7'];
  if (node?.class_type === 'Chatty') await chat(exchange, Number(node.inputs['seconds']));
  exchange.event('execution_success', { timestamp: Date.now() });
  exchange.end(historyEntry('success', [['execution_success', {}]]));
  exchange.event('executing', { node: null });
  // A thousand prompts would make this server, not the client, grow.
  server.exchanges.length = 0;
  server.requests.length = 0;
  setTimeout(() => server.history.delete(exchange.promptId), 2_000);
}

/** @param {Exchange} exchange @param {number} seconds */
async function chat(exchange, seconds) {
  const started = performance.now();
  for (let sent = 0; sent < seconds * 5_000;) {
    const due = ((performance.now() - started) / 1000) * 5_000;
    for (; sent < due; sent += 1) exchange.event('progress', { value: sent, max: seconds * 5_000, node: '7' });
    await exchange.pause(5);
  }
}
