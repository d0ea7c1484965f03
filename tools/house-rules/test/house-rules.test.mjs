import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const eslint = new ESLint({ cwd: root });

beforeAll(() => {
  // The boundary rule is skipped, silently, while nx has no project graph.
  execFileSync('npx', ['nx', 'show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
}, 120_000);

/**
 * The rules that the repository's own configuration reports for a text at a path.
 *
 * @param {string} path @param {string} text
 */
async function reported(path, text) {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

describe('the lint configuration', () => {
  const cases = [
    [
      '@nx/enforce-module-boundaries',
      'libs/gates/src/index.ts',
      "export { runBenchmark } from '@dgx-pixels/sdxl-bench';\n",
    ],
    [
      '@nx/enforce-module-boundaries',
      'apps/gate-runner/src/main.ts',
      "export { openEngine } from '@dgx-pixels/comfy-host';\n",
    ],
    ['house/no-drawer-names', 'tools/supply-chain/utils.mjs', 'export const x = 1;\n'],
    ['house/no-drawer-names', 'tools/supply-chain/helpers/pad.mjs', 'export const x = 1;\n'],
    ['house/one-barrel', 'tools/supply-chain/lib/index.mjs', 'export const x = 1;\n'],
    ['house/no-machine-paths', 'tools/supply-chain/x.mjs', `export const x = '/${'home'}/someone/file';\n`],
    ['house/no-machine-paths', 'tools/supply-chain/x.mjs', `// see /${'root'}/notes\nexport const x = 1;\n`],
    [
      'max-lines',
      'tools/supply-chain/x.mjs',
      'export const x = 1;\n'.repeat(251).replace(/x =/g, () => `x${Math.random().toString(36).slice(2)} =`),
    ],
    ['no-restricted-syntax', 'tools/supply-chain/x.mjs', "export * from './native-packages.mjs';\n"],
    ['no-console', 'libs/evidence/src/index.ts', "console.log('x');\n"],
    ['house/no-default-export', 'libs/evidence/src/index.ts', 'export default 1;\n'],
    ['@typescript-eslint/no-explicit-any', 'libs/evidence/src/index.ts', 'export const x: any = 1;\n'],
    ['house/no-double-cast', 'libs/evidence/src/index.ts', 'export const x = 1 as unknown as string;\n'],
    [
      'house/no-patched-modules',
      'libs/evidence/src/canonical-json.test.ts',
      "import { vi } from 'vitest';\nvi.mock('node:fs');\n",
    ],
    [
      'house/no-skipped-tests',
      'libs/evidence/src/canonical-json.test.ts',
      "import { it } from 'vitest';\nit.skip('x', () => undefined);\n",
    ],
  ];

  it.each(cases)('reports %s in %s', async (rule, path, text) => {
    expect(await reported(path, text)).toContain(rule);
  });

  it('lets a judge import evidence', async () => {
    const text = "export { canonicalJson } from '@dgx-pixels/evidence';\n";
    expect(await reported('libs/gates/src/index.ts', text)).toEqual([]);
  });
});
