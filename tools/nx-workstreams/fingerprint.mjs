// @ts-check
// Prints what a measurement depends on beyond the source: this host, the model file, the server in use, and the half of
// the policy's validity window that the clock stands in (so that a measurement is repeated before it goes stale).
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** @param {string} profile */
function validityHalf(profile) {
  const policy = readFileSync(join(root, `bench/policies/${profile}.toml`), 'utf8');
  const hours = Number(/^validity_hours\s*=\s*(\d+)/m.exec(policy)?.[1]);
  if (!Number.isFinite(hours) || hours <= 0) throw new Error(`bench/policies/${profile}.toml has no validity_hours`);
  return Math.floor(Date.now() / (hours * 1_800_000));
}

/** @param {string} address */
async function server(address) {
  const reply = await fetch(new URL('/system_stats', address), {
    signal: AbortSignal.timeout(5000),
    redirect: 'error',
  });
  /** @type {{ system: Record<string, unknown>, devices?: { name?: string }[] }} */
  const { system, devices } = /** @type {any} */ (await reply.json());
  return [system.comfyui_version, system.pytorch_version, system.argv, devices?.[0]?.name];
}

try {
  const manifest = readFileSync(join(root, 'libs/pixel-model/model/manifest.json'));
  const address = process.env.DGX_PIXELS_COMFY_URL;
  const facts = {
    host: [hostname(), arch(), release(), cpus()[0]?.model, availableParallelism(), totalmem()],
    node: process.versions.node,
    model: createHash('sha256').update(manifest).digest('hex'),
    server: address ? await server(address) : null,
    validity: ['embedded', 'comfyui', 'gb10-fast', 'gb10-full'].map(validityHalf),
  };
  console.log(JSON.stringify(facts));
} catch (error) {
  // The same failure twice must not look like the same state of the world.
  console.log(`unknown ${randomUUID()}: ${error instanceof Error ? error.message : String(error)}`);
}
