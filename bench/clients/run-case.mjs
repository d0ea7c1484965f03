import { setTimeout as sleep } from 'node:timers/promises';

import { everyCase } from '../../libs/comfy-client/test/hard-cases/every-case.ts';
import { hardCaseGraph } from '../../libs/comfy-client/test/hard-cases/hard-case.ts';

/**
 * One client against one server that plays a hard case. Writes a line of JSON for each prompt: the files, or the error.
 * Started by compare-clients.mjs, which stops it when it hangs.
 */
const [adapter, url = '', index, modules = ''] = process.argv.slice(2);
const { connect } = await import(`./adapters/${adapter}.mjs`);
const hardCase = everyCase[Number(index)];
if (hardCase === undefined) throw new RangeError(`no hard case at ${index}`);
const { ends, graph = hardCaseGraph } = hardCase;
try {
  const run = await connect(url, modules);
  // Clients whose socket opens in the background get the time for it.
  await sleep(500);
  for (let turn = 0; turn < ends.length; turn += 1) {
    try {
      report({ files: await run(structuredClone(graph)) });
    } catch (error) {
      report({ error: messageOf(error).slice(0, 300) });
    }
  }
} catch (error) {
  report({ error: `cannot connect: ${messageOf(error)}` });
}
process.exit(0);

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {import('./verdict-of.mjs').Outcome} outcome */
function report(outcome) {
  process.stdout.write(`@outcome ${JSON.stringify(outcome)}\n`);
}
