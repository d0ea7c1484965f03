// @ts-check
// Sends the same requests to a real ComfyUI 0.3.64 and to a fresh embedded server, and records where answers differ in
// status, content type, shape or pixels.
//
//   node apps/cli/bin/run-source.mjs bench/conformance/compare-routes.mjs --url http://127.0.0.1:8199 [--out FILE]
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { z } from 'zod';
import { encodePng } from '../../libs/comfy-embedded/src/png/encode-png.ts';
import { describeHost, writeRecord } from '../embedded/speed-record.mjs';
import { readAnswer } from './answer-shape.mjs';
import { fileRequests } from './file-requests.mjs';
import { describingRequests, promptRequests, queueRequests } from './route-requests.mjs';
import { silentEngine } from './silent-engine.mjs';

const { values: options } = parseArgs({ options: { url: { type: 'string' }, out: { type: 'string' } } });
if (options.url === undefined) throw new Error('--url of a running ComfyUI 0.3.64 is missing');
const realUrl = options.url.replace(/\/$/, '');

const statsSchema = z.object({
  system: z.object({ comfyui_version: z.string(), pytorch_version: z.string() }),
  devices: z.array(z.object({ type: z.string() })),
});

/** @param {string} url @param {import('./route-request.mjs').RouteRequest} request */
async function ask(url, request) {
  const { form, json, text, method = 'GET' } = request;
  /** @type {RequestInit} */
  const init = { method, headers: { ...request.headers }, signal: AbortSignal.timeout(30_000) };
  if (form !== undefined) {
    const body = new FormData();
    for (const [name, value] of Object.entries(form)) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, new Blob([new Uint8Array(value.bytes)]), value.name);
    }
    init.body = body;
  } else if (json !== undefined) {
    init.headers = { 'Content-Type': 'application/json', ...request.headers };
    init.body = JSON.stringify(json);
  } else if (text !== undefined) init.body = text;
  return readAnswer(await fetch(`${url}${request.path}`, init), request.open === true);
}

/** @param {number} width @param {number} height @returns {Promise<Uint8Array>} A PNG with alpha. */
function drawPicture(width, height) {
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_none, index) => (index * 37) % 256);
  return encodePng({ rgba, width, height }, [], 4);
}

const folder = await mkdtemp(join(tmpdir(), 'compare-routes-'));
const server = await startEmbeddedServer({ engine: silentEngine(), outputDirectory: folder });
try {
  const stats = statsSchema.parse(await (await fetch(`${realUrl}/system_stats`)).json());
  const picture = await drawPicture(8, 6);
  const small = await drawPicture(2, 2);
  const tag = randomBytes(4).toString('hex');
  const requests = [
    ...describingRequests(),
    ...queueRequests(),
    ...promptRequests(),
    ...fileRequests({ picture, small }, tag),
  ];
  // Both begin without history; uploads have names of this run's own.
  await ask(realUrl, { name: '', method: 'POST', path: '/history', json: { clear: true } });
  const rows = [];
  for (const request of requests) {
    const [real, ours] = [await ask(realUrl, request), await ask(server.url, request)];
    const same = isDeepStrictEqual(real, ours);
    rows.push({
      name: request.name,
      same,
      deviation: same ? null : (request.deviation ?? null),
      real,
      embedded: ours,
    });
  }
  const unexplained = rows.filter(({ same, deviation }) => !same && deviation === null);
  const intended = rows.filter(({ deviation }) => deviation !== null);
  const counts = {
    requests: rows.length,
    same: rows.filter(({ same }) => same).length,
    intended: intended.length,
    unexplained: unexplained.length,
  };
  const record = {
    what: 'answers of the embedded server and of a real ComfyUI to the same requests: status, content type, shape, pixels',
    createdAt: new Date().toISOString(),
    host: describeHost(),
    real: {
      version: stats.system.comfyui_version,
      pytorch: stats.system.pytorch_version,
      device: stats.devices[0]?.type,
    },
    embedded: { version: server.version },
    counts,
    rows,
  };
  if (options.out !== undefined) writeRecord(resolve(options.out), record);
  for (const row of unexplained) console.log(JSON.stringify(row));
  console.log(JSON.stringify(counts));
  process.exitCode = unexplained.length === 0 ? 0 : 3;
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
