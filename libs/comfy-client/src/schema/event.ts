import { z } from 'zod';

import { parseLenientJson } from '../parse-lenient-json.ts';
import { imagesOf, type ImageReference } from './history.ts';

/** What happened to a prompt while it ran, as the server told it. Events inform; history decides. */
export type RunEvent =
  | { readonly type: 'started'; readonly timestampMs: number | null }
  | { readonly type: 'cached'; readonly nodeIds: readonly string[] }
  | { readonly type: 'node-started'; readonly nodeId: string }
  | { readonly type: 'progress'; readonly nodeId: string | null; readonly value: number; readonly max: number }
  | { readonly type: 'node-output'; readonly nodeId: string; readonly images: readonly ImageReference[] }
  | { readonly type: 'ended'; readonly as: 'success' | 'error' | 'interrupted' | 'idle' };

/** A text frame of the socket: whose prompt it speaks of, and its event if it is one we know. */
export interface ServerMessage {
  /** Wire name of the message. */
  readonly type: string;
  readonly promptId: string | null;
  readonly event: RunEvent | null;
}

const frameSchema = z.object({ type: z.string(), data: z.looseObject({ prompt_id: z.string().nullish() }).catch({}) });
const timestamp = z.number().nullish().catch(null);

const eventSchemas: Readonly<Record<string, z.ZodType<RunEvent>>> = {
  execution_start: z
    .object({ timestamp })
    .transform((data): RunEvent => ({ type: 'started', timestampMs: data.timestamp ?? null })),
  execution_cached: z
    .object({ nodes: z.array(z.string()) })
    .transform((data): RunEvent => ({ type: 'cached', nodeIds: data.nodes })),
  executing: z
    .object({ node: z.string().nullable() })
    .transform(({ node }): RunEvent =>
      node === null ? { type: 'ended', as: 'idle' } : { type: 'node-started', nodeId: node },
    ),
  progress: z
    .object({ value: z.number(), max: z.number(), node: z.string().nullish() })
    .transform((data): RunEvent => ({ type: 'progress', nodeId: data.node ?? null, value: data.value, max: data.max })),
  executed: z
    .object({ node: z.string(), output: z.record(z.string(), z.unknown()).nullish() })
    .transform(({ node, output }): RunEvent => ({
      type: 'node-output',
      nodeId: node,
      images: imagesOf(node, output ?? {}),
    })),
  execution_success: z.object({}).transform((): RunEvent => ({ type: 'ended', as: 'success' })),
  // An ExecutionBlocked error is followed by a success; as a hint to look at history it does no harm.
  execution_error: z.object({}).transform((): RunEvent => ({ type: 'ended', as: 'error' })),
  execution_interrupted: z.object({}).transform((): RunEvent => ({ type: 'ended', as: 'interrupted' })),
};

/** Reads a text frame. Null for what is no message at all; unknown types and odd data give `event: null`. */
export function readServerMessage(text: string): ServerMessage | null {
  const frame = frameSchema.safeParse(parseOrNull(text));
  if (!frame.success) return null;
  const { type, data } = frame.data;
  const schema = Object.hasOwn(eventSchemas, type) ? eventSchemas[type] : undefined;
  const event = schema?.safeParse(data);
  return { type, promptId: data.prompt_id ?? null, event: event?.success === true ? event.data : null };
}

function parseOrNull(text: string): unknown {
  try {
    return parseLenientJson(text);
  } catch {
    return null;
  }
}
