import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { everyCase } from '../../libs/comfy-client/test/hard-cases/every-case.ts';
import { startProtocolServer } from '../../libs/comfy-client/test/protocol-server.ts';
import { verdictOf } from './verdict-of.mjs';

/**
 * Puts clients of ComfyUI before the servers of the hard cases, each prompt in a process of its own, and writes what
 * they told their user. How to run it: README.md.
 */
const { values } = parseArgs({
  options: {
    modules: { type: 'string' },
    out: { type: 'string', default: 'bench/record/client-hard-cases.json' },
    silence: { type: 'string', default: '60' },
    limit: { type: 'string', default: '90' },
    only: { type: 'string' },
  },
});
const silenceMs = Number(values.silence) * 1000;
const limitMs = Number(values.limit) * 1000;
const here = path.dirname(fileURLToPath(import.meta.url));
const atOnce = 6;

const clients = [{ adapter: 'dgx-pixels', name: '@dgx-pixels/comfy-client', version: await ownVersion() }];
if (values.modules !== undefined) {
  const others = [
    { adapter: 'stable-canvas', name: '@stable-canvas/comfyui-client' },
    { adapter: 'saintno', name: '@saintno/comfyui-sdk' },
  ];
  for (const { adapter, name } of others) {
    const about = JSON.parse(await readFile(path.join(values.modules, 'node_modules', name, 'package.json'), 'utf8'));
    clients.push({ adapter, name, version: about.version });
  }
}

/** @type {import('./render-comparison.mjs').Row[]} */
const rows = [];
for (const client of clients) {
  const waiting = everyCase
    .map((hardCase, index) => ({ hardCase, index }))
    .filter(({ hardCase }) => values.only === undefined || String(hardCase.number) === values.only);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const row = await tryCase(client, next.hardCase, next.index);
        process.stdout.write(`${client.adapter} ${row.number} ${row.case}: ${row.verdict}\n`);
        rows.push(row);
      }
    }),
  );
}
rows.sort((first, second) => first.number - second.number || first.case.localeCompare(second.case));
const record = {
  measured: new Date().toISOString(),
  node: process.version,
  silenceSeconds: silenceMs / 1000,
  limitSeconds: limitMs / 1000,
  clients: clients.map(({ name, version }) => ({ name, version })),
  right: Object.fromEntries(
    clients.map(({ name }) => [name, rows.filter((row) => row.client === name && row.verdict === 'right').length]),
  ),
  cases: everyCase.length,
  rows,
};
await writeFile(values.out, `${JSON.stringify(record, null, 2)}\n`);

/**
 * @param {{ adapter: string, name: string }} client
 * @param {import('../../libs/comfy-client/test/hard-cases/hard-case.ts').HardCase} hardCase
 * @param {number} index its place in everyCase
 */
async function tryCase(client, hardCase, index) {
  let turn = 0;
  const server = await startProtocolServer({
    ...hardCase.server,
    givesIds: true,
    // The real server subscribes a socket at once.
    registrationMs: 0,
    onPrompt: (exchange) => hardCase.play(exchange, { turn: turn++, silenceMs }),
  });
  try {
    const started = performance.now();
    const outcomes = await runInProcess([client.adapter, server.url, String(index), values.modules ?? '']);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const verdict = verdictOf(hardCase.ends, outcomes, server.exchanges.length);
    return { number: hardCase.number, case: hardCase.name, client: client.name, verdict, seconds, outcomes };
  } finally {
    await server.close();
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<import('./verdict-of.mjs').Outcome[]>}
 */
function runInProcess(args) {
  return new Promise((resolve) => {
    const flags = process.execArgv;
    const child = spawn(process.execPath, [...flags, path.join(here, 'run-case.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text.slice(0, 100_000)));
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.on('close', () => {
      clearTimeout(timer);
      const lines = output.split('\n').filter((line) => line.startsWith('@outcome '));
      resolve(lines.map((line) => JSON.parse(line.slice('@outcome '.length))));
    });
  });
}

async function ownVersion() {
  const file = new URL('../../libs/comfy-client/package.json', import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')).version;
}
