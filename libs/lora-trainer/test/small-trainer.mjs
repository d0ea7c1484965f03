// @ts-check
// A trainer that learns nothing and speaks the protocol: `node small-trainer.mjs run --request <file> [--resume] …`.
// `metadata["test.trouble"]` of the request says what goes wrong, once: `kill-at=12`, `hang-at`, `mute-at`, `memory-at`, `torn-at`.
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const args = process.argv.slice(2);
const request = JSON.parse(readFileSync(args[args.indexOf('--request') + 1] ?? '', 'utf8'));
const folder = dirname(args[args.indexOf('--request') + 1] ?? '');
let descriptor = args.includes('--events-fd') ? 3 : null;
const [kind, at] = (request.metadata['test.trouble'] ?? 'none=0').split('=');
const spent = join(folder, 'trouble-was-made');
const file = openSync(join(folder, 'events.jsonl'), 'a');
let sequence = readFileSync(join(folder, 'events.jsonl'), 'utf8').split('\n').length - 1;
let stopping = '';
process.on('SIGTERM', () => (stopping = 'received SIGTERM'));
if (!args.includes('--detached')) process.stdin.on('end', () => (stopping = 'the parent is gone')).resume();

/** @param {string} type @param {object} fields */
function emit(type, fields) {
  const envelope = { type, sequence: sequence++, monotonic: performance.now() / 1000, wall: new Date().toISOString() };
  const line = `${JSON.stringify({ ...envelope, runId: request.runId, ...fields })}\n`;
  writeSync(file, line);
  try {
    if (descriptor !== null) writeSync(descriptor, line);
  } catch {
    // Nobody listens any more; the run's file has the event.
    descriptor = null;
  }
}

/** @param {number} step */
function checkpoint(step) {
  const name = `step-${String(step).padStart(8, '0')}`;
  mkdirSync(join(folder, 'checkpoints', name), { recursive: true });
  writeFileSync(join(folder, 'checkpoints', name, 'adapter.safetensors'), name);
  emit('checkpoint', { step, folder: name, adapterSha256: 'a'.repeat(64), bytes: 13, seconds: 0 });
}

/** @param {string} reason @param {number} code */
function end(reason, code) {
  const times = { seconds: 1, trainSeconds: 1, checkpointSeconds: 0, validationSeconds: 0 };
  emit('bye', { reason, step, ...times });
  closeSync(file);
  process.exit(code);
}

const kept = existsSync(join(folder, 'checkpoints')) ? readdirSync(join(folder, 'checkpoints')).sort() : [];
let step = kept.length === 0 ? 0 : Number(kept.at(-1)?.slice(5));
const resumedFrom = kept.length === 0 ? null : step;
process.stdout.write(`a library prints something; environment: ${Object.keys(process.env).sort().join(' ')}\n`);
emit('phase', { phase: 'load', step });
const software = { version: 1, python: '3.12.0', torch: '2.13.0', device: 'none', pid: process.pid };
emit('hello', { ...software, requestSha256: 'b'.repeat(64), resumedFrom, modules: 1, trainableParameters: 1 });
emit('phase', { phase: 'train', step });
while (step < request.training.steps) {
  if (stopping !== '') {
    checkpoint(step);
    emit('warning', { code: 'stopped', message: stopping });
    end('stopped', 10);
  }
  if (step + 1 === Number(at) && !existsSync(spent)) {
    appendFileSync(spent, '');
    if (kind === 'kill-at') process.kill(process.pid, 'SIGKILL');
    if (kind === 'crash-at') process.exit(1);
    if (kind === 'torn-at') writeSync(descriptor ?? file, '{"type":"step","seq\nno json\n');
    if (kind === 'memory-at') {
      emit('error', { code: 'out-of-memory', message: 'no memory is left', hint: 'lower the batch size' });
      end('out-of-memory', 30);
    }
    if (kind === 'mute-at') await sleep(60_000);
    for (let since = 0; kind === 'hang-at'; since += 0.1) {
      emit('heartbeat', { phase: 'train', step, sinceProgress: since });
      await sleep(50);
    }
  }
  step++;
  const loss = 1 / step;
  const bins = [loss, ...Array(9).fill(null)];
  const update = { learningRate: 0.1, gradientNorm: 1, scale: null, skipped: 0, seconds: 0.01, memoryBytes: 1 };
  emit('step', { step, loss, lossByBin: bins, ...update });
  if (step % request.checkpoint.every === 0) checkpoint(step);
  await sleep(Number(request.metadata['test.pause'] ?? '1'));
}
end('done', 0);
