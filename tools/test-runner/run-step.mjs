// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {import('./counts.mjs').Count} Count
 * @typedef {{ name: string, command: string[], count?: () => Count }} Step
 */

/**
 * Runs one step with its output passed through. A step that counts its tests and ends with an error although it counts
 * no failed test (it crashed, or collected nothing) is one failure more: silence is not success.
 *
 * @param {Step} step @param {string} cwd @returns {Promise<Count>}
 */
export async function runStep(step, cwd) {
  console.log(`\n── ${step.name}`);
  const started = performance.now();
  const code = await exitCode(step.command, cwd);
  const count = step.count?.() ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const empty = count.passed + count.failed === 0;
  const outcome = { ...count, failed: count.failed || (code !== 0 || empty ? 1 : 0) };
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${outcome.failed > 0 ? '✖ failed' : '✔ ok'}  ${step.name} (${seconds} s)`);
  return outcome;
}

/** @param {string[]} command @param {string} cwd @returns {Promise<number>} */
function exitCode([program = '', ...args], cwd) {
  const env = { ...process.env, NX_NO_CLOUD: 'true', NX_ISOLATE_PLUGINS: 'false', NX_DAEMON: 'false' };
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
