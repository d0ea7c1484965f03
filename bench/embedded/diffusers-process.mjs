// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const answerTimeoutMs = 300_000;

/**
 * Starts the Python partner and answers its requests one at a time: a JSON line in, a JSON line out.
 *
 * @param {{ root: string, modelDirectory: string, threads: number }} options
 */
export async function startDiffusers({ root, modelDirectory, threads }) {
  const script = ['bench/embedded/diffusers_reference.py', modelDirectory, String(threads)];
  const child = spawn(process.execPath, ['tools/python-env/run.mjs', ...script], {
    cwd: root,
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise((resolve) => child.once('exit', resolve));

  async function nextLine() {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('diffusers gave no answer in time')), answerTimeoutMs);
    });
    try {
      const { value, done } = await Promise.race([lines.next(), late]);
      if (done) throw new Error('diffusers ended early; its message stands above');
      return JSON.parse(value);
    } finally {
      clearTimeout(timer);
    }
  }

  const versions = await nextLine();
  return {
    versions,
    /** @param {Record<string, unknown>} request */
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return nextLine();
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}
