import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import * as jsoncParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import house from './tools/house-rules/plugin.mjs';

/** Which lib may import which: the arrows of docs/architecture.md §2. */
const imports = {
  evidence: [],
  'host-telemetry': ['evidence'],
  'comfy-client': [],
  'pixel-model': [],
  'pixel-art': [],
  'comfy-embedded': ['pixel-art', 'pixel-model'],
  'comfy-host': ['comfy-client', 'comfy-embedded', 'evidence', 'host-telemetry', 'pixel-art'],
  'comfy-conformance': ['comfy-embedded', 'evidence'],
  'image-metrics': ['pixel-art'],
  'dataset-tools': ['evidence', 'host-telemetry', 'image-metrics', 'pixel-art'],
  'lora-trainer': [
    'comfy-client',
    'comfy-host',
    'dataset-tools',
    'evidence',
    'host-telemetry',
    'image-metrics',
    'pixel-art',
    'pixel-model',
  ],
  'sdxl-bench': ['comfy-client', 'comfy-host', 'evidence', 'host-telemetry'],
  gates: ['evidence'],
};

const boundaries = [
  'error',
  {
    enforceBuildableLibDependency: true,
    allow: ['^.*/vitest\\.project(\\.ts)?$'],
    depConstraints: [
      ...Object.entries(imports).map(([scope, targets]) => ({
        sourceTag: `scope:${scope}`,
        onlyDependOnLibsWithTags: [`scope:${scope}`, ...targets.map((target) => `scope:${target}`)],
      })),
      { sourceTag: 'scope:gate-runner', onlyDependOnLibsWithTags: ['scope:evidence', 'scope:gates'] },
      { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
      { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib', 'type:tool'] },
    ],
  },
];

const nodeGlobals = Object.fromEntries(
  [
    ...['AbortController', 'AbortSignal', 'Blob', 'Buffer', 'FormData', 'TextDecoder', 'TextEncoder', 'URL'],
    ...['URLSearchParams', 'clearTimeout', 'console', 'fetch', 'performance', 'process', 'setImmediate', 'setTimeout'],
    'structuredClone',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out-tsc/**',
      '**/node_modules/**',
      '.nx/**',
      '.venv/**',
      '**/.cache/**',
      '**/coverage/**',
      '**/fixtures/**',
      'bench/results/**',
    ],
  },
  {
    files: ['**/*.{ts,mts,mjs,js}'],
    plugins: { house, '@nx': nx },
    extends: [eslint.configs.recommended],
    languageOptions: { globals: nodeGlobals },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what a package exports: no `export *`.' },
      ],
      '@nx/enforce-module-boundaries': boundaries,
      'house/no-drawer-names': 'error',
      'house/no-machine-paths': 'error',
      'house/one-barrel': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'house/no-default-export': 'error',
      'house/no-double-cast': 'error',
    },
  },
  {
    files: ['**/*.test.ts', '**/test/**/*.ts'],
    rules: {
      'house/no-patched-modules': 'error',
      'house/no-skipped-tests': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/vitest.config.ts', 'vitest.project.ts', 'eslint.config.mjs', 'tools/house-rules/plugin.mjs'],
    rules: { 'house/no-default-export': 'off' },
  },
  {
    // Configuration files belong to no TypeScript project.
    files: ['**/vitest.config.ts', 'vitest.project.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  { files: ['apps/**/*.ts', 'tools/**/*.mjs', 'bench/**/*.mjs', 'apps/**/*.mjs'], rules: { 'no-console': 'off' } },
  {
    files: ['libs/*/package.json', 'apps/*/package.json'],
    plugins: { '@nx': nx },
    languageOptions: { parser: jsoncParser },
    rules: {
      '@nx/dependency-checks': [
        'error',
        { ignoredFiles: ['{projectRoot}/vitest.config.ts', '{projectRoot}/test/**', '{projectRoot}/**/*.test.ts'] },
      ],
    },
  },
  prettier,
);
