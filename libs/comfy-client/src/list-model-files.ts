import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** A model on the server's disk. */
export interface ModelFile {
  /** Relative to its folder. */
  readonly name: string;
  /** Which of the folder's places holds it, from 0. */
  readonly pathIndex: number;
  readonly bytes: number | null;
  /** Server clock, milliseconds since 1970. */
  readonly modifiedMs: number | null;
}

const filesSchema = z.array(
  z
    .object({
      name: z.string(),
      pathIndex: z.int().min(0),
      size: z.number().nullish(),
      modified: z.number().nullish(),
    })
    .transform(({ name, pathIndex, size, modified }): ModelFile => ({
      name,
      pathIndex,
      bytes: size ?? null,
      modifiedMs: modified === null || modified === undefined ? null : Math.round(modified * 1000),
    })),
);

/**
 * The models of one folder with size and age, by a route that ComfyUI calls an experiment; null where it is missing or
 * the folder is not known.
 */
export async function listModelFiles(
  client: ComfyClient,
  folder: string,
  options: CallOptions = {},
): Promise<readonly ModelFile[] | null> {
  const path = `/experiment/models/${encodeURIComponent(folder)}`;
  return requestJsonOrNull(client, filesSchema, { method: 'GET', path }, options);
}
