// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** @param {string} report vitest's JSON report @returns {{ passed: number, failed: number }} */
export function countVitest(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
}

/** @param {string} report pytest's JUnit report @returns {{ passed: number, failed: number }} */
export function countPytest(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? '';
  const number = (/** @type {string} */ name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors') + number('skipped');
  return { passed: number('tests') - failed, failed };
}
