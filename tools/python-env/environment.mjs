// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Python that the pins need: torch 2.13 starts at 3.10. Older packages stand in there for those that start at 3.11. */
/** @type {readonly [number, number]} */
export const oldestPython = [3, 10];

const here = import.meta.dirname;

/**
 * Where the environment of a repository lies.
 *
 * @param {string} root
 */
export function environmentPaths(root) {
  const folder = join(root, '.venv');
  const binaries = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  return {
    folder,
    python: join(binaries, process.platform === 'win32' ? 'python.exe' : 'python'),
    stamp: join(folder, 'dgx-pixels-pins.json'),
    requirements: join(here, 'requirements.txt'),
    constraints: join(here, 'constraints.txt'),
    sources: join(here, 'sources.json'),
  };
}

/** sha256 over everything that decides what is installed. */
export function pinsDigest() {
  const paths = environmentPaths('');
  const hash = createHash('sha256');
  for (const path of [paths.requirements, paths.constraints]) hash.update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/**
 * Whether the environment was made from today's pins, to its end.
 *
 * @param {string} root
 */
export function environmentIsCurrent(root) {
  const { python, stamp } = environmentPaths(root);
  if (!existsSync(python) || !existsSync(stamp)) return false;
  try {
    return JSON.parse(readFileSync(stamp, 'utf8')).pinsSha256 === pinsDigest();
  } catch {
    return false;
  }
}

/** A failure with the exit code of the repository's table and the next command. */
export class PythonEnvError extends Error {
  /** @param {string} code @param {number} exitCode @param {string} message @param {string} hint */
  constructor(code, exitCode, message, hint) {
    super(message);
    this.name = 'PythonEnvError';
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/**
 * Prints a failure; its exit code is the process' one.
 *
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (!(error instanceof PythonEnvError)) throw error;
  console.error(`${error.code}: ${error.message}\n  next: ${error.hint}`);
  process.exitCode = error.exitCode;
}
