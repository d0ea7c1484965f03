import { createHash } from 'node:crypto';

import { serializeJson } from '../serialize-json.ts';
import type { WorkflowGraph, WorkflowInput } from '../workflow-graph.ts';

function sorted(value: WorkflowInput): WorkflowInput {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/**
 * SHA-256, lower-case hexadecimal, of what a workflow computes: node ids, classes and inputs. Titles, the order of nodes
 * and inputs, and whether an integer is a `number` or a `bigint` make no difference.
 *
 * @throws ComfyClientError COMFY_GRAPH_INVALID when JSON cannot carry the workflow
 */
export function workflowFingerprint(graph: WorkflowGraph): string {
  const plain = Object.fromEntries(
    Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }]),
  );
  return createHash('sha256')
    .update(serializeJson(sorted(plain)))
    .digest('hex');
}
