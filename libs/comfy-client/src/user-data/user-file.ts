import { z } from 'zod';

import { ComfyClientError } from '../errors.ts';

/** A file or folder among a user's data. */
export interface UserDataEntry {
  /** Relative to the user's folder, parts joined with `/`. */
  readonly path: string;
  readonly type: 'file' | 'directory';
  /** Null for folders, and where the server could not tell. */
  readonly bytes: number | null;
  /** Server clock, milliseconds since 1970; null as above. */
  readonly modifiedMs: number | null;
}

const entrySchema = z
  .object({
    path: z.string(),
    type: z.enum(['file', 'directory']),
    size: z.number().nullish(),
    modified: z.number().nullish(),
  })
  .transform(({ path, type, size, modified }): UserDataEntry => ({
    path,
    type,
    bytes: size ?? null,
    modifiedMs: modified === null || modified === undefined ? null : Math.round(modified * 1000),
  }));

/** `GET /v2/userdata`. */
export const userDataSchema = z.array(entrySchema);

/** Empty, `.` or `..`, a backslash or a control character. */
const noPlainPart = /^\.{0,2}$|[\\\p{Cc}]/u;

/**
 * The route of a file among a user's data. The server takes the whole path as one percent-encoded part.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID for a path that could leave the user's folder
 */
export function userFileRoute(path: string): string {
  return `/userdata/${encodeUserPath(path)}`;
}

/** The path as one part of a URL. Throws as {@link userFileRoute}. */
export function encodeUserPath(path: string): string {
  if (path.split('/').some((part) => noPlainPart.test(part))) {
    const message = `a user data path must be plain names joined with /, got ${JSON.stringify(path)}`;
    throw new ComfyClientError('COMFY_OPTION_INVALID', message, { details: { option: 'path' } });
  }
  return encodeURIComponent(path);
}
