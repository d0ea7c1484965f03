// @ts-check
// `npm run python:setup`: makes .venv from the pins. Does nothing if it was made from the same pins before.
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PythonEnvError, environmentIsCurrent, environmentPaths, pinsDigest, reportFailure } from './environment.mjs';
import { findPython } from './find-python.mjs';

const root = join(import.meta.dirname, '../..');
const paths = environmentPaths(root);
const minutes = 60_000;

/** @param {string} command @param {string[]} args @param {number} timeoutMs */
function run(command, args, timeoutMs) {
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: timeoutMs }).status === 0;
}

/** @param {string[]} args */
const pip = (...args) =>
  run(paths.python, ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', ...args], 30 * minutes);

/** @param {string} address */
async function answers(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function installTorch() {
  const { torchCpuWheels } = JSON.parse(readFileSync(paths.sources, 'utf8'));
  const pin = /^torch==.*$/m.exec(readFileSync(paths.requirements, 'utf8'))?.[0];
  if (pin === undefined)
    throw new PythonEnvError('PYTHON_PINS_INVALID', 1, 'no torch pin', `see ${paths.requirements}`);
  if (await answers(`${torchCpuWheels}/torch/`)) {
    console.log(`  ${pin}, CPU build`);
    if (pip('--retries', '0', '--timeout', '30', '--index-url', torchCpuWheels, '-c', paths.constraints, pin))
      return true;
  }
  console.log(`  ${pin} from the package index (the index of CPU builds does not answer)`);
  return pip('-c', paths.constraints, pin);
}

async function setUp() {
  if (environmentIsCurrent(root)) {
    console.log('Python environment: .venv is up to date');
    return;
  }
  const python = findPython();
  console.log(`Python environment: making .venv with Python ${python.version}`);
  rmSync(paths.stamp, { force: true });
  if (!run(python.command, ['-m', 'venv', '--clear', paths.folder], 5 * minutes)) {
    throw new PythonEnvError(
      'PYTHON_VENV_FAILED',
      1,
      '.venv could not be made',
      'read the lines above; check disk space',
    );
  }
  const torch = await installTorch();
  console.log('  the other packages');
  if (!torch || !pip('-r', paths.requirements, '-c', paths.constraints)) {
    throw new PythonEnvError(
      'PYTHON_INSTALL_FAILED',
      4,
      'pip could not install the pinned packages',
      'read the lines above, then repeat: npm run python:setup',
    );
  }
  const partial = `${paths.stamp}.partial`;
  writeFileSync(partial, `${JSON.stringify({ pinsSha256: pinsDigest(), python: python.version })}\n`);
  renameSync(partial, paths.stamp);
  console.log('Python environment: .venv is made');
}

await setUp().catch(reportFailure);
