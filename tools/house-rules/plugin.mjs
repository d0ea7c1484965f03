// @ts-check
import { noDefaultExport } from './rules/no-default-export.mjs';
import { noDoubleCast } from './rules/no-double-cast.mjs';
import { noDrawerNames } from './rules/no-drawer-names.mjs';
import { noMachinePaths } from './rules/no-machine-paths.mjs';
import { noPatchedModules } from './rules/no-patched-modules.mjs';
import { noSkippedTests } from './rules/no-skipped-tests.mjs';
import { oneBarrel } from './rules/one-barrel.mjs';

/** The rules of CONTRIBUTING.md that no published plugin enforces. */
export default {
  meta: { name: 'house', version: '0.1.0' },
  rules: {
    'no-default-export': noDefaultExport,
    'no-double-cast': noDoubleCast,
    'no-drawer-names': noDrawerNames,
    'no-machine-paths': noMachinePaths,
    'no-patched-modules': noPatchedModules,
    'no-skipped-tests': noSkippedTests,
    'one-barrel': oneBarrel,
  },
};
