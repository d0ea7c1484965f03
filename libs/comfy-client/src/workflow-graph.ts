import { z } from 'zod';

import { ComfyClientError } from './errors.ts';

/** An input value: a widget's value, or a link `[nodeId, outputIndex]`. A `bigint` is sent as a JSON integer (seeds above 2^53). */
export type WorkflowInput =
  string | number | bigint | boolean | null | readonly WorkflowInput[] | { readonly [key: string]: WorkflowInput };

/** One node in API format. */
export interface WorkflowNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, WorkflowInput>>;
  readonly _meta?: { readonly title?: string | undefined } | undefined;
}

/** A workflow in ComfyUI's API format: node id → node. */
export type WorkflowGraph = Readonly<Record<string, WorkflowNode>>;

const inputSchema: z.ZodType<WorkflowInput> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.bigint(),
    z.boolean(),
    z.null(),
    z.array(inputSchema),
    z.record(z.string(), inputSchema),
  ]),
);

const graphSchema = z
  .record(
    z.string().min(1),
    z.object({
      class_type: z.string().min(1),
      inputs: z.record(z.string(), inputSchema),
      _meta: z.object({ title: z.string().optional() }).optional(),
    }),
  )
  .refine((graph) => Object.keys(graph).length > 0, 'a workflow needs at least one node');

/**
 * Reads a value, such as a parsed workflow file, as an API-format graph.
 *
 * @throws ComfyClientError COMFY_GRAPH_INVALID naming every fault; the editor's own save format is one.
 */
export function parseWorkflowGraph(value: unknown): WorkflowGraph {
  const parsed = graphSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new ComfyClientError('COMFY_GRAPH_INVALID', `Not a workflow in API format: ${faults.slice(0, 5).join('; ')}`, {
    details: { faults },
  });
}
