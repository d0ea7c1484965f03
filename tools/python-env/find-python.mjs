// @ts-check
import { spawnSync } from 'node:child_process';
import { PythonEnvError, oldestPython } from './environment.mjs';

const probe = 'import sys, json; print(json.dumps(list(sys.version_info[:3])))';

/**
 * The interpreter to make the environment with: `PYTHON` if it is set, else python3, else python.
 *
 * @param {string[]} candidates
 * @returns {{ command: string, version: string }}
 */
export function findPython(candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python']) {
  const seen = [];
  for (const command of candidates) {
    const result = spawnSync(command, ['-c', probe], { encoding: 'utf8', timeout: 20_000 });
    if (result.status !== 0) {
      seen.push(`${command}: does not run`);
      continue;
    }
    const version = JSON.parse(result.stdout);
    const text = version.join('.');
    if (version[0] < oldestPython[0] || (version[0] === oldestPython[0] && version[1] < oldestPython[1])) {
      seen.push(`${command}: ${text}`);
      continue;
    }
    const venv = spawnSync(command, ['-c', 'import venv, ensurepip'], { timeout: 20_000 });
    if (venv.status !== 0) {
      throw new PythonEnvError(
        'PYTHON_VENV_MISSING',
        4,
        `${command} ${text} has no venv module`,
        `apt-get install python3-venv, then npm run python:setup`,
      );
    }
    return { command, version: text };
  }
  throw new PythonEnvError(
    'PYTHON_MISSING',
    4,
    `no Python ${oldestPython.join('.')} or newer (${seen.join('; ')})`,
    'install it, or name one: PYTHON=/path/to/python3.12 npm run python:setup',
  );
}
