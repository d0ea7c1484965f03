import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Stands in for the dgx-pixels command: notes that it ran and leaves a result, in milliseconds. */
const noted = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
const words = process.argv.slice(2).join(' ');
const target = words.startsWith('bench') ? 'ws-05' : words.includes('engine') ? 'ws-04' : 'foundation';
const profile = /--profile=(\\S+)/.exec(words)[1];
const folder = \`bench/results/\${target}/\${profile}/latest\`;
mkdirSync(folder, { recursive: true });
writeFileSync(\`\${folder}/result.json\`, '{}');
appendFileSync('ran.log', \`\${target} \${profile}\\n\`);
if (process.env.FAIL === target) process.exit(3);
`;

/**
 * A copy of this workspace's files in a temporary folder, with the measuring command replaced by one that only notes
 * that it ran. Nx, the plugin and every input are the real ones.
 */
export function copyWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-nx-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.split('\n').filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'apps/cli/bin/dgx-pixels.mjs'), noted);
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_ISOLATE_PLUGINS: 'false', CI: 'true' };

  return {
    folder,
    /**
     * Runs nx; returns the measurements that really ran, and the exit code.
     *
     * @param {string[]} args @param {Record<string, string>} extra
     */
    nx(args, extra = {}) {
      rmSync(join(folder, 'ran.log'), { force: true });
      let code = 0;
      let output;
      try {
        output = execFileSync('npx', ['nx', ...args], {
          cwd: folder,
          env: { ...env, ...extra },
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        const { status, stdout, stderr } = /** @type {import('node:child_process').SpawnSyncReturns<string>} */ (error);
        code = status ?? 1;
        output = `${stdout}${stderr}`;
      }
      const log = join(folder, 'ran.log');
      const ran = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').sort() : [];
      return { ran, code, output };
    },
    /** @param {string} file @param {string} text */
    append(file, text) {
      writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8') + text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
