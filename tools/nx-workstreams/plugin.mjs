// @ts-check
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gateTargets } from './gate-targets.mjs';
import { hostProfile } from './host-profile.mjs';
import { lintTarget, testTarget } from './check-targets.mjs';
import { measurementTarget } from './measurement-target.mjs';

const pattern = '{apps,libs,tools}/*/{package.json,vitest.config.ts,workstream.json,gates.json}';

/**
 * Infers targets from the files that a project has:
 * `package.json` → lint, `vitest.config.ts` → test, `workstream.json` → one measurement, `gates.json` → the gates.
 *
 * @type {import('@nx/devkit').CreateNodesV2}
 */
export const createNodes = [
  pattern,
  (files, _options, { workspaceRoot }) => {
    const profile = hostProfile();
    return files.map((file) => {
      const root = dirname(file);
      const read = () => JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8'));
      return [file, { projects: { [root]: { targets: targetsOf(file, root, read, profile) } } }];
    });
  },
];

/** @param {string} file @param {string} root @param {() => any} read @param {string} profile */
function targetsOf(file, root, read, profile) {
  if (file.endsWith('vitest.config.ts')) return { test: testTarget(root) };
  if (file.endsWith('workstream.json')) return measurementTarget(read(), profile);
  if (file.endsWith('gates.json')) return gateTargets(read(), profile);
  return { lint: lintTarget(root) };
}

/**
 * A gate that is about to be judged has no verdict until it is: if a measurement fails, none of an earlier run is left.
 *
 * @type {import('@nx/devkit').PreTasksExecution}
 */
export const preTasksExecution = (_options, { argv, workspaceRoot }) => {
  if (process.env.NX_CACHE_FAILURES === 'true') {
    throw new Error('NX_CACHE_FAILURES=true would replay failed measurements as evidence: unset it');
  }
  for (const gate of new Set(argv.flatMap((word) => word.match(/(?<=^|:|,)m[0-9](?=$|:|,)/g) ?? []))) {
    rmSync(join(workspaceRoot, 'bench/results', gate), { recursive: true, force: true });
  }
};
