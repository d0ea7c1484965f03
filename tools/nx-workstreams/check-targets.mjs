// @ts-check
import { basename } from 'node:path';

/** @param {string} root */
export const testTarget = (root) => ({
  command: `vitest run --project=${basename(root)}`,
  options: { cwd: '{workspaceRoot}' },
  cache: true,
  inputs: [
    'default',
    '^production',
    '{workspaceRoot}/vitest.config.ts',
    '{workspaceRoot}/vitest.project.ts',
    '{workspaceRoot}/bench/{definitions,policies,profiles,training,workflows}/**/*',
  ],
});

/** @param {string} root */
export const lintTarget = (root) => ({
  command: `eslint ${root}`,
  options: { cwd: '{workspaceRoot}' },
  cache: true,
  inputs: ['default', '^production', '{workspaceRoot}/eslint.config.mjs', '{workspaceRoot}/tools/house-rules/**/*.mjs'],
});
