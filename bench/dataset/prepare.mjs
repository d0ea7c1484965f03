// @ts-check
// How fast a folder of sprites becomes a dataset, against a Python script with Pillow and numpy that does the same work on
// the same cores; and whether memory grows with the number of pictures. Both sides take turns; each run is a process of its own.
//
//   npx nx build dataset-tools
//   The folder for temporary files decides much: creating a file costs as much as preparing a sprite on some disks. TMPDIR
//   on a tmpfs leaves the work itself.
//   python3 -m venv <venv> && <venv>/bin/pip install pillow numpy
//   TMPDIR=/dev/shm taskset -c 1 node bench/dataset/prepare.mjs --python <venv>/bin/python [--rounds 9] [--sprites <folder of PNGs>] [--out FILE]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { medianOfRatios, startedInTurn } from '../embedded/paired-rounds.mjs';
import { describeHost, median, writeRecord } from '../embedded/speed-record.mjs';

/** @typedef {{ seconds: number, processSeconds: number, images: number, digest: string, cpuSeconds: number, peakRssBytes?: number }} Run */

/** @type {typeof import('sharp').default} */
const sharp = createRequire(new URL('../../libs/dataset-tools/package.json', import.meta.url))('sharp');
const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '9' },
    sprites: { type: 'string' },
    out: { type: 'string', default: 'bench/record/prepare.json' },
  },
});
const python = options.python;
const rounds = Number(options.rounds);
const work = mkdtempSync(join(tmpdir(), 'prepare-'));

/** A figure of 32 × 32 pixels in up to six colours, symmetrical, on a transparent background. @param {number} seed */
function drawSprite(seed) {
  const side = 32;
  const rgba = Buffer.alloc(side * side * 4);
  let state = Math.imul(seed + 1, 2654435761) >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const colours = Array.from({ length: 6 }, () => [next() * 256, next() * 256, next() * 256, 255].map(Math.floor));
  for (let y = 2; y < 30; y++) {
    for (let x = 2; x < 16; x++) {
      if (Math.hypot(x - 16, y - 16) > 11 + 4 * next()) continue;
      const colour = colours[Math.floor((y / 32) * 4 + next() * 2)] ?? [];
      rgba.set(colour, (y * side + x) * 4);
      rgba.set(colour, (y * side + side - 1 - x) * 4);
    }
  }
  return { rgba, raw: { width: side, height: side, channels: /** @type {const} */ (4) } };
}

/** Writes so many sprites, enlarged by a factor, into a folder. @param {string} name @param {number} count @param {number} factor */
async function drawFolder(name, count, factor) {
  const folder = join(work, name);
  mkdirSync(folder);
  for (let seed = 0; seed < count; seed++) {
    const { rgba, raw } = drawSprite(seed);
    const enlarged = sharp(rgba, { raw }).resize(32 * factor, 32 * factor, { kernel: 'nearest' });
    writeFileSync(
      join(folder, `sprite-${String(seed).padStart(5, '0')}.png`),
      await enlarged.png({ compressionLevel: 6 }).toBuffer(),
    );
  }
  return folder;
}

let runs = 0;
/** @param {'ours' | 'peer'} side @param {string} folder @returns {Run} */
function run(side, folder) {
  const out = join(work, `out-${runs++}`);
  const [program, script] = side === 'ours' ? [process.execPath, 'prepare-once.mjs'] : [python, 'prepare_peer.py'];
  const started = performance.now();
  const said = execFileSync(program, [join(root, 'bench/dataset', script), folder, out], {
    encoding: 'utf8',
    cwd: join(root, 'libs/dataset-tools'),
  });
  const processSeconds = (performance.now() - started) / 1000;
  rmSync(out, { recursive: true });
  return { ...JSON.parse(said), processSeconds };
}

/** @param {string} folder */
function compare(folder) {
  /** @type {Record<'ours' | 'peer', Run[]>} */
  const samples = { ours: [], peer: [] };
  for (let round = -1; round < rounds; round++) {
    for (const side of startedInTurn(/** @type {('ours' | 'peer')[]} */ (['ours', 'peer']), Math.max(0, round))) {
      const sample = run(side, folder);
      // The first round warms the file cache.
      if (round >= 0) samples[side].push(sample);
    }
  }
  const { ours, peer } = samples;
  if (new Set([...ours, ...peer].map(({ digest }) => digest)).size !== 1)
    throw new Error('the two sides found other pixels');
  /** @param {(run: Run) => number} of */
  const ratio = (of) => medianOfRatios(peer.map(of), ours.map(of)).ratio;
  return {
    images: ours[0]?.images,
    seconds: { ours: median(ours.map(({ seconds }) => seconds)), peer: median(peer.map(({ seconds }) => seconds)) },
    timesFaster: ratio(({ seconds }) => seconds),
    timesLessCpu: ratio(({ cpuSeconds }) => cpuSeconds),
    timesFasterWithStartUp: ratio(({ processSeconds }) => processSeconds),
    samples,
  };
}

try {
  const native = options.sprites ?? (await drawFolder('native', 1000, 1));
  const cases = {
    native: { what: `${readdirSync(native).length} sprites as they are`, ...compare(native) },
    many: { what: '10000 sprites as they are', ...compare(await drawFolder('many', 10_000, 1)) },
    enlarged: { what: '1000 sprites of 32 px, enlarged to 512 px', ...compare(await drawFolder('enlarged', 1000, 16)) },
  };
  const memory = [];
  for (const count of [1000, 10_000]) {
    const folder = await drawFolder(`memory-${count}`, count, 1);
    memory.push({ count, peakRssBytes: run('ours', folder).peakRssBytes });
    rmSync(folder, { recursive: true });
  }
  const versions = execFileSync(
    python,
    ['-c', 'import PIL, numpy, sys; print(sys.version.split()[0], PIL.__version__, numpy.__version__)'],
    { encoding: 'utf8' },
  );
  const [pythonVersion, pillow, numpy] = versions.trim().split(' ');
  const peer = { python: pythonVersion, pillow, numpy };
  writeRecord(resolve(root, options.out), {
    measuredAt: new Date().toISOString(),
    host: describeHost(),
    peer,
    rounds,
    cases,
    memory,
  });
  for (const [name, { what, seconds, timesFaster, timesLessCpu, timesFasterWithStartUp }] of Object.entries(cases)) {
    console.log(
      `${name}: ${what}: ${seconds.ours.toFixed(2)} s, peer ${seconds.peer.toFixed(2)} s: ${timesFaster.toFixed(1)} times, with start-up ${timesFasterWithStartUp.toFixed(1)}, CPU time ${timesLessCpu.toFixed(1)}`,
    );
  }
  for (const { count, peakRssBytes = 0 } of memory)
    console.log(`${count} pictures: ${(peakRssBytes / 2 ** 20).toFixed(0)} MiB`);
} finally {
  rmSync(work, { recursive: true });
}
