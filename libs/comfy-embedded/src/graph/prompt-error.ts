import type { JsonObject } from '../json/json-value.ts';

/** One fault, in the shape that ComfyUI uses for prompts and for nodes. */
export interface PromptFault {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: JsonObject;
}

/** The faults of one node. */
export interface NodeFaults {
  readonly errors: readonly PromptFault[];
  /** Output nodes that cannot run because of them. */
  readonly dependent_outputs: readonly string[];
  readonly class_type: string;
}

/** A fault without further facts. */
export function promptFault(type: string, message: string, details = '', extraInfo: JsonObject = {}): PromptFault {
  return { type, message, details, extra_info: extraInfo };
}

/** Faults as JSON for a response. */
export function faultJson({ type, message, details, extra_info }: PromptFault): JsonObject {
  return { type, message, details, extra_info };
}

/** `node_errors` as JSON for a response. */
export function nodeErrorsJson(nodeErrors: ReadonlyMap<string, NodeFaults>): JsonObject {
  return Object.fromEntries(
    [...nodeErrors].map(([id, { errors, dependent_outputs, class_type }]) => [
      id,
      { errors: errors.map(faultJson), dependent_outputs, class_type },
    ]),
  );
}
