// @ts-check
// What watching a run costs its training: seconds of an update when nobody watches (`train start --detach`) beside those when
// `train start` does, with the same settings, taking turns in one run. Also the share of one core that the watching process
// uses, and what checkpoints take of a run. Only on an idle machine: another busy process makes two threads of PyTorch wait.
//
//   node bench/training/supervisor-overhead.mjs [--rounds 8] [--updates 120] [--out FILE]
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { medianOfRatios, startedInTurn } from '../embedded/paired-rounds.mjs';
import { describeHost, median, pause, writeRecord } from '../embedded/speed-record.mjs';

/** @typedef {'alone' | 'watched'} Side */
/** @typedef {{ medianUpdate: number, seconds: number, checkpoints: number, watcherCpu: number | null }} Sample */

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    updates: { type: 'string', default: '120' },
    out: { type: 'string', default: join(root, 'bench/record/supervisor-overhead.json') },
  },
});
const rounds = Number(options.rounds);
const updates = Number(options.updates);
const longestRunMs = 20 * 60_000;
const ticksPerSecond = 100;
const work = mkdtempSync(join(tmpdir(), 'overhead-'));
const config = join(work, 'short.toml');
writeFileSync(
  config,
  `preset = "embedded"
dataset = "datasets/pixel-icons"
background = "#ffffff"
[training]
steps = ${updates}
[validation]
every = ${updates}
[checkpoint]
every = ${updates / 4}
`,
);

/** Seconds of processor time of a process, and of those children of it that ended. @param {number} pid */
function cpuSecondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The process that watches is the only child of the program that was started. @param {number} pid */
function childOf(pid) {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8').trim().split(' ')[0]) || pid : pid;
}

let runs = 0;
/** @param {Side} side @returns {Promise<Sample>} */
async function train(side) {
  const folder = join(work, `runs-${runs++}`);
  const verb = ['train', 'start', '--config', config, '--runs', folder, ...(side === 'alone' ? ['--detach'] : [])];
  const cli = spawn(process.execPath, [join(root, 'apps/cli/bin/dgx-pixels.mjs'), ...verb], { stdio: 'ignore' });
  let ended = false;
  cli.once('exit', () => (ended = true));
  const limit = Date.now() + longestRunMs;
  /** @type {Record<string, any>[]} */
  let events = [];
  let [before, after] = [0, 0];
  for (; !events.some(({ type }) => type === 'bye'); await pause(250)) {
    if (Date.now() > limit) throw new Error(`${folder} takes too long`);
    events = eventsIn(folder);
    if (side === 'alone' || ended || cli.pid === undefined) continue;
    const seconds = cpuSecondsOf(childOf(cli.pid));
    if (events.every(({ type }) => type !== 'step')) before = seconds;
    else after = seconds;
  }
  while (!ended) await pause(50);
  rmSync(folder, { recursive: true });
  const steps = events.filter(({ type }) => type === 'step').slice(5);
  const bye = events.find(({ type }) => type === 'bye');
  if (bye?.reason !== 'done') throw new Error(`a run ended with ${bye?.reason}`);
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  return {
    medianUpdate: median(steps.map((step) => step.seconds)),
    seconds,
    checkpoints: bye.checkpointSeconds / (seconds + bye.checkpointSeconds),
    watcherCpu: side === 'watched' ? (after - before) / seconds : null,
  };
}

/** Lines of the run's events that are whole. @param {string} folder @returns {Record<string, any>[]} */
function eventsIn(folder) {
  const [run] = existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9A-Z]{26}$/.test(name)) : [];
  const path = join(folder, run ?? '', 'events.jsonl');
  if (run === undefined || !existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** @type {Record<Side, Sample[]>} */
const samples = { alone: [], watched: [] };
try {
  for (let round = 0; round < rounds; round++) {
    for (const side of startedInTurn(/** @type {Side[]} */ (['alone', 'watched']), round)) {
      const sample = await train(side);
      samples[side].push(sample);
      console.log(`round ${round + 1} of ${rounds}, ${side}: ${(sample.medianUpdate * 1000).toFixed(1)} ms an update`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
const of = (/** @type {Side} */ side) => samples[side].map(({ medianUpdate }) => medianUpdate);
const { ratio, ratios } = medianOfRatios(of('watched'), of('alone'));
const record = {
  what: 'an update of a watched run beside one of a run that nobody watches',
  measuredAt: new Date().toISOString(),
  host: describeHost(),
  rounds,
  updates,
  medianUpdateSeconds: { alone: median(of('alone')), watched: median(of('watched')) },
  overhead: ratio - 1,
  ratios,
  watcherShareOfOneCore: median(samples.watched.map(({ watcherCpu }) => watcherCpu ?? NaN)),
  checkpointShareOfRun: median([...samples.alone, ...samples.watched].map(({ checkpoints }) => checkpoints)),
  samples,
};
writeRecord(options.out, record);
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(2)} %`;
console.log(
  `overhead ${percent(record.overhead)}; the watcher uses ${percent(record.watcherShareOfOneCore)} of a core; checkpoints take ${percent(record.checkpointShareOfRun)}`,
);
