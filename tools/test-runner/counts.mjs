// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, failures?: string[] }} Count How many tests, and which of them failed. */

/** @param {string} report vitest's JSON report @returns {Count} */
export function countVitest(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const failures = [];
  for (const { name: file, assertionResults } of testResults) {
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'failed') failures.push(`${file}: ${fullName}\n    ${String(failureMessages[0]).split('\n', 1)}`);
    }
  }
  return { passed: Number(numPassedTests), failed: Number(numFailedTests), failures };
}

/** @param {string} report pytest's JUnit report @returns {Count} */
export function countPytest(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const text = readFileSync(report, 'utf8');
  const suite = /<testsuite [^>]*>/.exec(text)?.[0] ?? '';
  const number = (/** @type {string} */ name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors') + number('skipped');
  const failures = [...text.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(?:failure|error|skipped)/g)];
  return { passed: number('tests') - failed, failed, failures: failures.map(([, file, name]) => `${file}: ${name}`) };
}
