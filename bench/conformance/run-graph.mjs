// @ts-check
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

/**
 * What a server did with a prompt.
 *
 * @typedef {{
 *   status: number,
 *   answer: any,
 *   events: readonly (readonly [string, any])[],
 *   frames: readonly Buffer[],
 *   entry: any,
 *   files: readonly { name: string, bytes: Buffer }[],
 *   seconds: number,
 * }} GraphRun
 */

const answerTimeoutMs = 10_000;

/** @param {string} url @param {RequestInit} [init] */
function request(url, init = {}) {
  return fetch(url, { ...init, signal: AbortSignal.timeout(answerTimeoutMs) });
}

/** @param {WebSocket} socket @returns {Promise<void>} */
function opened(socket) {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}

/** @param {string} url @param {string} name @param {Buffer} bytes */
export async function upload(url, name, bytes) {
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(bytes)]), name);
  form.set('overwrite', 'true');
  const reply = await request(`${url}/upload/image`, { method: 'POST', body: form });
  if (!reply.ok) throw new Error(`${url} refused ${name}: ${reply.status}`);
}

/**
 * Sends a prompt and listens until it has ended, or until it was refused.
 *
 * @param {string} url @param {import('./graphs.mjs').Graph} graph @param {number} timeoutMs @returns {Promise<GraphRun>}
 */
export async function runGraph(url, graph, timeoutMs) {
  const clientId = randomUUID();
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws?clientId=${clientId}`);
  /** @type {[string, any][]} */
  const events = [];
  /** @type {Buffer[]} */
  const frames = [];
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`no end after ${timeoutMs} ms`)), timeoutMs);
    socket.on('message', (data, isBinary) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(/** @type {Buffer[]} */ (data));
      if (isBinary) return frames.push(bytes);
      const { type, data: content } = JSON.parse(bytes.toString('utf8'));
      events.push([type, content]);
      if (type !== 'executing' || content.node !== null) return undefined;
      clearTimeout(patience);
      return resolve();
    });
  });
  await opened(socket);
  const started = performance.now();
  const body = JSON.stringify({ prompt: graph, client_id: clientId });
  const headers = { 'Content-Type': 'application/json' };
  const reply = await request(`${url}/prompt`, { method: 'POST', body, headers });
  /** @type {any} */
  const answer = await reply.json();
  try {
    if (!reply.ok) return { status: reply.status, answer, events, frames, entry: null, files: [], seconds: 0 };
    await ended;
    const seconds = (performance.now() - started) / 1000;
    /** @type {any} */
    const history = await (await request(`${url}/history/${answer.prompt_id}`)).json();
    const entry = history[answer.prompt_id];
    const files = [];
    for (const output of Object.values(entry.outputs)) {
      for (const image of output.images ?? []) {
        const file = await request(`${url}/view?${new URLSearchParams(image)}`);
        files.push({
          name: `${image.type}:${image.subfolder}/${image.filename}`,
          bytes: Buffer.from(await file.arrayBuffer()),
        });
      }
    }
    return { status: reply.status, answer, events, frames, entry, files, seconds };
  } finally {
    ended.catch(() => undefined);
    socket.terminate();
  }
}
