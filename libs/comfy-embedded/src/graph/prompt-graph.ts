import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { isJsonArray, isJsonObject } from '../json/json-value.ts';
import type { NodeClass } from '../nodes/define-node.ts';
import type { NodeClasses } from '../nodes/node-classes.ts';
import { promptFault, type PromptFault } from './prompt-error.ts';

/** A node of a submitted prompt whose class exists; its inputs may still be wrong. */
export interface GraphNode {
  readonly id: string;
  readonly nodeClass: NodeClass;
  /** The node as submitted. */
  readonly json: JsonObject;
  /** null if the node has no `inputs` object. */
  readonly inputs: JsonObject | null;
}

/** The nodes of a prompt by id, in the order of the prompt. */
export type PromptGraph = ReadonlyMap<string, GraphNode>;

/** A link `[node id, output slot]`. */
export interface Link {
  readonly from: string;
  readonly slot: number;
}

/** Whether a value is meant as a link: any list is. */
export function isLinkLike(value: JsonValue): value is readonly JsonValue[] {
  return isJsonArray(value);
}

/** Outcome of {@link readPromptGraph}. */
export type GraphReading =
  { readonly ok: true; readonly graph: PromptGraph } | { readonly ok: false; readonly error: PromptFault };

/** Reads the nodes of a prompt and looks up their classes; the first node without a known class ends the reading. */
export function readPromptGraph(prompt: JsonValue, classes: NodeClasses, maxNodes: number): GraphReading {
  const refuse = (message: string, details: string): GraphReading => ({
    ok: false,
    error: promptFault('invalid_prompt', message, details),
  });
  if (!isJsonObject(prompt)) return refuse('The prompt is not an object of nodes', '');
  const entries = Object.entries(prompt);
  if (entries.length > maxNodes)
    return refuse(`The prompt has ${entries.length} nodes, at most ${maxNodes} are allowed`, '');
  const graph = new Map<string, GraphNode>();
  for (const [id, json] of entries) {
    const details = `Node ID '#${id}'`;
    if (!isJsonObject(json) || json['class_type'] === undefined) return refuse('A node has no class_type', details);
    const classType = json['class_type'];
    const nodeClass = typeof classType === 'string' ? classes.get(classType) : undefined;
    if (nodeClass === undefined) {
      const name = typeof classType === 'string' ? classType : 'of that kind';
      return refuse(`This server has no node ${name}; it has ${[...classes.keys()].join(', ')}`, details);
    }
    const inputs = json['inputs'];
    graph.set(id, { id, nodeClass, json, inputs: isJsonObject(inputs) ? inputs : null });
  }
  return { ok: true, graph };
}
