import { z } from 'zod';

import { ComfyClientError } from '../errors.ts';
import { parseLenientJson } from '../parse-lenient-json.ts';

const inputsSchema = z.record(z.string(), z.unknown());

/** `GET /object_info`. Loose: unknown members stay, so that a hash over the whole covers them. */
export const objectInfoSchema = z.record(
  z.string(),
  z.looseObject({
    input: z.looseObject({ required: inputsSchema.optional(), optional: inputsSchema.optional() }),
    output: z.array(z.unknown()),
    output_node: z.boolean().default(false),
  }),
);

/** Node class → its definition, with ComfyUI's own member names. */
export type ObjectInfo = z.infer<typeof objectInfoSchema>;

/**
 * Reads a saved answer of `/object_info` as the node classes of a server.
 *
 * @throws ComfyClientError COMFY_OBJECT_INFO_INVALID naming every fault
 */
export function parseObjectInfo(text: string): ObjectInfo {
  let value: unknown;
  try {
    value = parseLenientJson(text);
  } catch (cause) {
    throw new ComfyClientError('COMFY_OBJECT_INFO_INVALID', 'No object_info: it is no JSON', { cause });
  }
  const parsed = objectInfoSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new ComfyClientError('COMFY_OBJECT_INFO_INVALID', `No object_info: ${faults.slice(0, 5).join('; ')}`, {
    details: { faults },
  });
}
