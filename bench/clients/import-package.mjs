import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A package out of another folder's node_modules: clients to compare with are no dependencies of ours.
 *
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<any>} the module, of which we have no types
 */
export function importPackage(folder, name) {
  const require = createRequire(path.join(path.resolve(folder), 'package.json'));
  return import(pathToFileURL(require.resolve(name)).href);
}
