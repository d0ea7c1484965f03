// Takes the lock in the directory given as first argument, prints the token, and holds it until stdin ends.
import { acquireMachineLock } from '../src/lock/acquire-machine-lock.ts';

const [directory = '', timeoutMs = '0'] = process.argv.slice(2);
try {
  const lock = await acquireMachineLock({ directory, purpose: 'test holder', timeoutMs: Number(timeoutMs) });
  process.stdout.write(`token ${lock.token}\n`);
  process.stdin.resume();
  process.stdin.once('end', () => {
    void lock.release().then(() => process.exit(0));
  });
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? String(error.code) : 'failed'}\n`);
  process.exitCode = 5;
}
