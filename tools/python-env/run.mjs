// @ts-check
// `node tools/python-env/run.mjs <python arguments>`: runs the environment's Python with the repository's packages on its path.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { PythonEnvError, environmentPaths, reportFailure } from './environment.mjs';

const root = join(import.meta.dirname, '../..');
const packages = ['tools/pixel-model'];

function start() {
  const { python } = environmentPaths(root);
  if (!existsSync(python)) {
    throw new PythonEnvError('PYTHON_ENV_MISSING', 4, 'there is no .venv', 'npm run python:setup');
  }
  const path = [...packages.map((name) => join(root, name)), process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  const child = spawn(python, process.argv.slice(2), {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, PYTHONPATH: path },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  });
}

try {
  start();
} catch (error) {
  reportFailure(error);
}
