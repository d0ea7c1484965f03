import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * The test configuration that every project shares: workspace sources resolve through the `@dgx-pixels/source`
 * condition, in the test process and in the worker threads it starts.
 */
export function defineProjectTests(name: string, root: string): ViteUserConfig {
  const conditions = ['@dgx-pixels/source', 'node', 'import', 'module', 'default'];
  return defineConfig({
    root,
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      environment: 'node',
      include: ['src/**/*.test.ts', 'test/**/*.test.{ts,mjs}'],
      pool: 'forks',
      execArgv: [
        '--conditions=@dgx-pixels/source',
        '--import',
        fileURLToPath(new URL('tools/source-loader/register.mjs', import.meta.url)),
      ],
      passWithNoTests: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  });
}
