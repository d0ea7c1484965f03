// @ts-check
// Runs every template once on a running ComfyUI server, as small as it can be, and records whether the server takes it
// and what comes back. For servers whose weights draw nothing: how the pictures look is not asked.
//
//   node apps/cli/bin/run-source.mjs bench/workflows/run-on-server.mjs --url http://127.0.0.1:8188 --out FILE
//     [--side 64] [--steps 1] [--lora NAME] [--only NAME,NAME]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getSystemStats } from '@dgx-pixels/comfy-client';
import { describeTemplateRun, listTemplates, loadTemplate, openEngine, runTemplate } from '@dgx-pixels/comfy-host';
import { describeHost, writeRecord } from '../embedded/speed-record.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8188' },
    out: { type: 'string' },
    side: { type: 'string', default: '64' },
    steps: { type: 'string', default: '1' },
    lora: { type: 'string' },
    only: { type: 'string' },
  },
});
const root = resolve(import.meta.dirname, '../..');
const engine = await openEngine({ kind: 'url', url: options.url });
const { comfyuiVersion, pytorchVersion, pythonVersion } = await getSystemStats(engine.client);
const rows = [];
for (const name of options.only?.split(',') ?? (await listTemplates(root))) {
  const loaded = await loadTemplate(root, name);
  const { parameters } = loaded.template;
  /** @type {Record<string, string | number>} */
  const wanted = {
    width: Number(options.side),
    height: Number(options.side),
    // The second stage of two needs a step of its own.
    steps: parameters.has('switchStep') ? Math.max(2, Number(options.steps)) : Number(options.steps),
    switchStep: 1,
    frames: 2,
    batchSize: 1,
    checkpoint: engine.checkpoints[0] ?? '',
    ...(options.lora !== undefined && { lora: options.lora }),
  };
  const values = Object.fromEntries(Object.entries(wanted).filter(([parameter]) => parameters.has(parameter)));
  const run = await runTemplate(engine, loaded, { values, checkLooks: false, fresh: true, timeoutMs: 900_000 });
  const { payload } = await describeTemplateRun(run, `${name}/`);
  const failed = payload.checks.filter(({ passed }) => !passed);
  console.log(`${failed.length === 0 ? 'ok  ' : 'fail'} ${name} ${JSON.stringify(failed)}`);
  rows.push({
    template: name,
    set: values,
    graphSha256: payload.graphSha256,
    clientMs: payload.run?.clientMs ?? null,
    checks: payload.checks,
    images: payload.images.map(({ received, finished }) => ({
      received: `${received.width}x${received.height}`,
      finished: `${finished.width}x${finished.height}`,
      colours: finished.colours,
    })),
  });
}
await engine.close();
const record = {
  what: 'every template of bench/workflows once on a real ComfyUI: validation and execution, not looks',
  measuredAt: new Date().toISOString(),
  host: describeHost(),
  real: { comfyui: comfyuiVersion, pytorch: pytorchVersion, python: pythonVersion },
  templates: rows,
};
if (options.out !== undefined) await writeRecord(options.out, record);
process.exitCode = rows.every(({ checks }) => checks.every(({ passed }) => passed)) ? 0 : 3;
