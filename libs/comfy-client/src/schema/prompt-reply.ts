import { z } from 'zod';

import { plainText } from '../plain-text.ts';

/** One fault of a node, as the server's validation reports it. */
export interface NodeFault {
  /** ComfyUI's name of the fault, such as `value_not_in_list`. */
  readonly type: string;
  readonly message: string;
  readonly details: string;
}

/** What is wrong with one node of a prompt. */
export interface NodeFaults {
  readonly nodeType: string | null;
  readonly faults: readonly NodeFault[];
  /** Output nodes that did not run because of it. */
  readonly dependentOutputs: readonly string[];
}

/** Node id → its faults. */
export type NodeErrors = Readonly<Record<string, NodeFaults>>;

const text = z
  .string()
  .nullish()
  .transform((value) => plainText(value ?? ''));

// extra_info is left out on purpose: it holds tracebacks with the server's paths.
const faultSchema = z.object({ type: text, message: text, details: text });

const nodeFaultsSchema = z
  .object({
    errors: z.array(faultSchema).default([]),
    dependent_outputs: z.array(z.string()).default([]),
    class_type: z.string().nullish(),
  })
  .transform((node): NodeFaults => {
    const nodeType = node.class_type == null ? null : plainText(node.class_type, 100);
    return { nodeType, faults: node.errors, dependentOutputs: node.dependent_outputs };
  });

const nodeErrorsSchema: z.ZodType<NodeErrors> = z
  .union([z.array(z.never()).transform((): NodeErrors => ({})), z.record(z.string(), nodeFaultsSchema)])
  .nullish()
  .transform((value) => value ?? {});

/** 200 of `POST /prompt`. */
export const promptReplySchema = z.object({
  prompt_id: z.string().min(1),
  number: z.number().nullish(),
  node_errors: nodeErrorsSchema,
});

/** 400 of `POST /prompt`. */
export const promptErrorSchema = z.object({
  error: z.union([
    faultSchema,
    z.string().transform((message) => ({ type: '', message: plainText(message), details: '' })),
  ]),
  node_errors: nodeErrorsSchema,
});
