import { EmbeddedServerError } from '../errors.ts';
import { parseFilePrefix } from '../files/file-prefix.ts';
import type { ValueRefusal } from './define-node.ts';

/** Why files cannot be named after a prefix. */
export function prefixRefusals(prefix: string | undefined): readonly ValueRefusal[] {
  if (prefix === undefined) return [];
  try {
    parseFilePrefix(prefix);
    return [];
  } catch (error) {
    if (!(error instanceof EmbeddedServerError)) throw error;
    return [{ input: 'filename_prefix', reason: error.message }];
  }
}
