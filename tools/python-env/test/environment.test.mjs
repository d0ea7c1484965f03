import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { environmentIsCurrent, environmentPaths, pinsDigest } from '../environment.mjs';
import { findPython } from '../find-python.mjs';

/** @type {string[]} */
const folders = [];

function emptyRoot() {
  const root = mkdtempSync(join(tmpdir(), 'python-env-'));
  folders.push(root);
  return root;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** @param {string | null} stamp */
function fakeEnvironment(stamp) {
  const root = emptyRoot();
  const paths = environmentPaths(root);
  mkdirSync(dirname(paths.python), { recursive: true });
  writeFileSync(paths.python, '');
  if (stamp !== null) writeFileSync(paths.stamp, stamp);
  return root;
}

describe('environmentIsCurrent', () => {
  it('is true only for an environment stamped with the pins of today', () => {
    expect(environmentIsCurrent(emptyRoot())).toBe(false);
    expect(environmentIsCurrent(fakeEnvironment(null))).toBe(false);
    expect(environmentIsCurrent(fakeEnvironment('{"pinsSha256":"0"}'))).toBe(false);
    expect(environmentIsCurrent(fakeEnvironment('{"pinsSha'))).toBe(false);
    expect(environmentIsCurrent(fakeEnvironment(JSON.stringify({ pinsSha256: pinsDigest() })))).toBe(true);
  });
});

describe('findPython', () => {
  it('takes Python 3.10', () => {
    const oldest = join(emptyRoot(), 'python-oldest');
    writeFileSync(oldest, '#!/bin/sh\necho "[3, 10, 0]"\n', { mode: 0o755 });
    expect(findPython([oldest])).toEqual({ command: oldest, version: '3.10.0' });
  });

  it('takes the first interpreter that is new enough', () => {
    expect(findPython(['no-such-python', 'python3']).command).toBe('python3');
  });

  it('names what it tried and the next command', () => {
    const old = join(emptyRoot(), 'python-old');
    writeFileSync(old, '#!/bin/sh\necho "[3, 9, 2]"\n', { mode: 0o755 });
    expect(() => findPython(['no-such-python', old])).toThrowError(/no-such-python: does not run.*3\.9\.2/s);
    expect(() => findPython([old])).toThrowError(expect.objectContaining({ code: 'PYTHON_MISSING', exitCode: 4 }));
  });

  it('says so when the venv module is missing', () => {
    const bare = join(emptyRoot(), 'python-bare');
    writeFileSync(bare, '#!/bin/sh\ncase "$2" in *venv*) exit 1;; *) echo "[3, 12, 1]";; esac\n', { mode: 0o755 });
    expect(() => findPython([bare])).toThrowError(expect.objectContaining({ code: 'PYTHON_VENV_MISSING' }));
  });
});

describe('run.mjs', () => {
  const script = join(import.meta.dirname, '../run.mjs');

  it('gives the exit code of what it runs', () => {
    const result = spawnSync('node', [script, '-c', 'import pixel_model, sys; sys.exit(7)'], { encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(7);
  });
});
