import { posix } from 'node:path';
import { EmbeddedServerError } from '../errors.ts';
import { hasRefusedSigns } from './file-name.ts';

const longestSegmentBytes = 200;
const longestPrefixBytes = 1000;

/** Where a SaveImage prefix points: a subfolder of the output directory and the first part of the file names. */
export interface FilePrefix {
  /** Relative, forward slashes, empty for the output directory itself. */
  readonly subfolder: string;
  readonly name: string;
}

function refuse(prefix: string, reason: string): never {
  throw new EmbeddedServerError('EMBEDDED_PATH_REFUSED', `filename_prefix ${JSON.stringify(prefix)} ${reason}`, {
    details: { prefix },
  });
}

/**
 * Splits a `filename_prefix` into subfolder and name, and refuses whatever could leave the output directory: absolute
 * paths, `..` that climbs out, backslashes, control characters, colons, over-long parts.
 *
 * @throws EmbeddedServerError `EMBEDDED_PATH_REFUSED`.
 */
export function parseFilePrefix(prefix: string): FilePrefix {
  if (hasRefusedSigns(prefix)) refuse(prefix, 'has a control character, a backslash or a colon');
  if (Buffer.byteLength(prefix) > longestPrefixBytes) refuse(prefix, `is longer than ${longestPrefixBytes} bytes`);
  if (posix.isAbsolute(prefix)) refuse(prefix, 'is an absolute path');
  const path = posix.normalize(prefix).replace(/\/+$/, '');
  const segments = path.split('/');
  if (segments.includes('..')) refuse(prefix, 'climbs out of the output directory');
  if (path === '' || path === '.') refuse(prefix, 'names no file');
  const long = segments.find((segment) => Buffer.byteLength(segment) > longestSegmentBytes);
  if (long !== undefined) refuse(prefix, `has a part longer than ${longestSegmentBytes} bytes`);
  const subfolder = posix.dirname(path);
  return { subfolder: subfolder === '.' ? '' : subfolder, name: posix.basename(path) };
}
