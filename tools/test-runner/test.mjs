// @ts-check
// `npm test`: makes the Python environment, runs every check and every test, and closes with one line that counts all.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countPytest, countVitest } from './counts.mjs';
import { runStep } from './run-step.mjs';

const root = join(import.meta.dirname, '../..');
const reports = join(root, '.cache/test-reports');
const vitestReport = join(reports, 'vitest.json');
const pytestReport = join(reports, 'pytest.xml');
const python = ['tools/python-env/run.mjs', '-m'];

/** A step without `count` is a check: it counts as one test. */
const steps = [
  { name: 'python environment', command: ['node', 'tools/python-env/setup.mjs'] },
  { name: 'project references in step', command: ['npx', 'nx', 'sync:check'] },
  { name: 'one copy of nx', command: ['node', 'tools/test-runner/one-nx.mjs'] },
  { name: 'types', command: ['npx', 'nx', 'run-many', '-t', 'typecheck', '--output-style=static'] },
  { name: 'types of scripts', command: ['npx', 'tsc', '-p', 'tsconfig.scripts.json'] },
  { name: 'lint', command: ['npx', 'eslint', '.'] },
  { name: 'format', command: ['npx', 'prettier', '--check', '.'] },
  { name: 'unused code', command: ['npx', 'knip'] },
  { name: 'python lint', command: ['node', ...python, 'ruff', 'check', '.'] },
  { name: 'python format', command: ['node', ...python, 'ruff', 'format', '--check', '.'] },
  { name: 'python types', command: ['node', ...python, 'mypy'] },
  {
    name: 'tests (TypeScript)',
    command: ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: () => countVitest(vitestReport),
  },
  {
    name: 'tests (Python)',
    command: ['node', ...python, 'pytest', '-q', `--junitxml=${pytestReport}`],
    count: () => countPytest(pytestReport),
  },
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const broken = [];
for (const step of steps) {
  const outcome = await runStep(step, root);
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  if (outcome.failed > 0) broken.push([step.name, ...(outcome.failures ?? [])].join('\n  '));
}

if (broken.length > 0) console.log(`\nFailed:\n${broken.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = broken.length > 0 ? 1 : 0;
