import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { NodeClasses } from '../nodes/node-classes.ts';
import { type NodeFaults, promptFault, type PromptFault } from './prompt-error.ts';
import { type GraphNode, type Link, type PromptGraph, readPromptGraph } from './prompt-graph.ts';
import { checkNode, type Consumer, type NodeCheck } from './validate-node.ts';

/** A node that may run. */
export interface ValidNode {
  readonly id: string;
  readonly nodeClass: GraphNode['nodeClass'];
  readonly links: ReadonlyMap<string, Link>;
  /** Converted widget values. */
  readonly widgets: ReadonlyMap<string, JsonValue>;
  /** All inputs as history, PNG and the result cache see them: conversions applied, unknown ones kept. */
  readonly inputs: JsonObject;
}

/** A prompt that may be queued. */
export interface ValidPrompt {
  readonly ok: true;
  /** Output nodes that will run, in the order of the prompt. */
  readonly outputs: readonly string[];
  /** Every node that one of `outputs` needs, in the order of the prompt. */
  readonly nodes: ReadonlyMap<string, ValidNode>;
  /** The prompt with conversions applied. */
  readonly prompt: JsonObject;
  /** Faults of other output nodes, which will not run. */
  readonly nodeErrors: ReadonlyMap<string, NodeFaults>;
}

/** A prompt that is refused as a whole. */
export interface InvalidPrompt {
  readonly ok: false;
  readonly error: PromptFault;
  readonly nodeErrors: ReadonlyMap<string, NodeFaults>;
}

/** Bounds of {@link validatePrompt}. */
export interface ValidationOptions {
  readonly maxNodes: number;
  /** Run only these output nodes (`partial_execution_targets`). */
  readonly targets?: readonly string[] | undefined;
}

class GraphCheck {
  readonly checks = new Map<string, NodeCheck>();
  readonly #path: string[] = [];
  readonly #cycles = new Map<string, PromptFault>();
  readonly #graph: PromptGraph;

  constructor(graph: PromptGraph) {
    this.#graph = graph;
  }

  faults(id: string): readonly PromptFault[] {
    const cycle = this.#cycles.get(id);
    return [...(this.checks.get(id)?.faults ?? []), ...(cycle === undefined ? [] : [cycle])];
  }

  isFaulty(id: string): boolean {
    return this.#cycles.has(id) || (this.checks.get(id)?.faults.length ?? 0) > 0;
  }

  /** Checks a node and everything upstream of it, each once. */
  visit(node: GraphNode, consumer?: Consumer): void {
    if (this.#path.includes(node.id)) {
      const cycle = [...this.#path.slice(this.#path.indexOf(node.id)), node.id];
      const message = 'The links of the graph form a cycle';
      this.#cycles.set(node.id, promptFault('dependency_cycle', message, cycle.join(' <- '), { cycle_nodes: cycle }));
      return;
    }
    if (this.checks.has(node.id)) return;
    const check = checkNode(this.#graph, node, consumer);
    this.checks.set(node.id, check);
    this.#path.push(node.id);
    for (const [inputName, link] of check.links) {
      const source = this.#graph.get(link.from);
      const input = node.nodeClass.inputs.get(inputName);
      if (source !== undefined && input !== undefined) this.visit(source, { inputName, input, link });
    }
    this.#path.pop();
  }

  /** A node and everything upstream of it. */
  upstream(id: string): ReadonlySet<string> {
    const reached = new Set([id]);
    for (const current of reached) {
      for (const link of this.checks.get(current)?.links.values() ?? []) reached.add(link.from);
    }
    return reached;
  }
}

function validNode(node: GraphNode, { links, widgets }: NodeCheck): ValidNode {
  const inputs = { ...node.inputs, ...Object.fromEntries(widgets) };
  return { id: node.id, nodeClass: node.nodeClass, links, widgets, inputs };
}

/**
 * Checks a prompt as ComfyUI 0.3.64 does, all faults at once. Output nodes are judged apart: those without faults run
 * even if others have some.
 */
export function validatePrompt(
  prompt: JsonValue,
  classes: NodeClasses,
  { maxNodes, targets }: ValidationOptions,
): ValidPrompt | InvalidPrompt {
  const nodeErrors = new Map<string, NodeFaults>();
  const reading = readPromptGraph(prompt, classes, maxNodes);
  if (!reading.ok) return { ok: false, error: reading.error, nodeErrors };
  const { graph } = reading;
  const candidates = [...graph.values()].filter(
    ({ nodeClass, id }) => nodeClass.isOutput && targets?.includes(id) !== false,
  );
  if (candidates.length === 0) {
    return { ok: false, error: promptFault('prompt_no_outputs', 'The prompt has no output node'), nodeErrors };
  }

  const check = new GraphCheck(graph);
  for (const node of candidates) check.visit(node);
  const good = new Set<string>();
  const needed = new Set<string>();
  const dependants = new Map<string, string[]>();
  for (const { id } of candidates) {
    const upstream = [...check.upstream(id)];
    const faulty = upstream.filter((nodeId) => check.isFaulty(nodeId));
    for (const nodeId of faulty) {
      const ids = dependants.get(nodeId);
      if (ids === undefined) dependants.set(nodeId, [id]);
      else ids.push(id);
    }
    if (faulty.length > 0) continue;
    good.add(id);
    for (const nodeId of upstream) needed.add(nodeId);
  }
  for (const [id, dependent_outputs] of dependants) {
    const classType = graph.get(id)?.nodeClass.classType ?? '';
    nodeErrors.set(id, { errors: check.faults(id), dependent_outputs, class_type: classType });
  }
  if (good.size === 0) {
    const details = candidates.flatMap(({ id }) =>
      check.faults(id).map((fault) => `${fault.message}: ${fault.details}`),
    );
    const message = 'No output node of the prompt can run';
    return {
      ok: false,
      error: promptFault('prompt_outputs_failed_validation', message, details.join('\n')),
      nodeErrors,
    };
  }

  const nodes = new Map<string, ValidNode>();
  const converted: [string, JsonValue][] = [];
  for (const node of graph.values()) {
    const checked = needed.has(node.id) ? check.checks.get(node.id) : undefined;
    const valid = checked === undefined ? undefined : validNode(node, checked);
    if (valid !== undefined) nodes.set(node.id, valid);
    converted.push([node.id, valid === undefined ? node.json : { ...node.json, inputs: valid.inputs }]);
  }
  return { ok: true, outputs: [...good], nodes, prompt: Object.fromEntries(converted), nodeErrors };
}
