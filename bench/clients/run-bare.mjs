import { randomUUID } from 'node:crypto';

import { WebSocket } from 'ws';

/**
 * The least a caller can do: open a socket, post the prompt, wait for its end, read its history.
 *
 * @param {string} url
 * @param {import('@dgx-pixels/comfy-client').WorkflowGraph} graph
 */
export async function runBare(url, graph) {
  const clientId = randomUUID();
  const promptId = randomUUID();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=${clientId}`);
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString());
      if (message.type === 'executing' && message.data.node === null && message.data.prompt_id === promptId) resolve();
    });
  });
  await new Promise((resolve) => socket.once('message', resolve));
  const body = JSON.stringify({ prompt: graph, prompt_id: promptId, client_id: clientId });
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${url}/prompt`, { method: 'POST', body, headers });
  await reply.json();
  await ended;
  const history = /** @type {Record<string, unknown>} */ (await (await fetch(`${url}/history/${promptId}`)).json());
  socket.terminate();
  return history[promptId];
}
