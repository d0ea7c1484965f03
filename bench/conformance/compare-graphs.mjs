// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodePng, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { describeHost, writeRecord } from '../embedded/speed-record.mjs';
import { compareRuns } from './compare-runs.mjs';
import { comparedGraphs, inputFiles } from './graphs.mjs';
import { runGraph, upload } from './run-graph.mjs';

const usage = `Runs the graphs of graphs.mjs on a real ComfyUI and on the embedded server and compares what they did.

  node apps/cli/bin/run-source.mjs bench/conformance/compare-graphs.mjs --url http://127.0.0.1:8188 --models DIR

  --url     the real server; it needs checkpoints/pixel-sprites.safetensors of any SDXL shape and the adapter
  --models  a folder with loras/conformance.safetensors, the one that the real server has
  --only    part of a graph's name
  --out     the record, bench/record/conformance-graphs.json by default`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    models: { type: 'string' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: 'bench/record/conformance-graphs.json' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || values.url === undefined || values.models === undefined) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const real = values.url;
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
const embedded = await startEmbeddedServer({
  outputDirectory: join(folder, 'output'),
  inputDirectory: join(folder, 'input'),
  modelsDirectory: values.models,
});
try {
  for (const name of Object.values(inputFiles)) {
    const bytes = readFileSync(new URL(name, import.meta.url));
    await upload(real, name, bytes);
    await upload(embedded.url, name, bytes);
  }
  const rows = [];
  for (const { name, tolerance, anyOrder = false, graph } of comparedGraphs.filter((each) =>
    each.name.includes(values.only),
  )) {
    const [theirs, ours] = [await runGraph(real, graph, 300_000), await runGraph(embedded.url, graph, 60_000)];
    const result = await compareRuns(theirs, ours, decodePng, { tolerance, anyOrder });
    rows.push({ name, tolerance, anyOrder, ...result });
    console.log(
      `${result.equal ? 'equal ' : 'DIFFER'}  ${name}${result.equal ? '' : `: ${Object.keys(result.differences).join(', ')}`}`,
    );
  }
  /** @type {any} */
  const stats = await (await fetch(`${real}/system_stats`)).json();
  const equal = rows.filter((row) => row.equal).length;
  console.log(`${equal} of ${rows.length} graphs equal`);
  writeRecord(values.out, {
    what: 'answers, events, histories and pictures of a real ComfyUI and of the embedded server for the same graphs',
    measuredAt: new Date().toISOString(),
    host: describeHost(),
    real: {
      comfyui: stats.system.comfyui_version,
      pytorch: stats.system.pytorch_version,
      python: stats.system.python_version,
    },
    embedded: { version: embedded.version, modelSha256: embedded.modelSha256 },
    equal,
    graphs: rows,
  });
  process.exitCode = equal === rows.length ? 0 : 3;
} finally {
  await embedded.close();
  rmSync(folder, { recursive: true, force: true });
}
