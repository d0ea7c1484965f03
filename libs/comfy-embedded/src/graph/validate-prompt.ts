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
  /** All nodes of the prompt, with the same conversions: those that do not run may still have results in the cache. */
  readonly graph: PromptGraph;
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

/** Longer cycles are told in part, as are the outputs that depend on a faulty node: answers stay linear in the prompt. */
const longestShownCycle = 50;
const mostDependants = 25;

/** A node whose sources are being visited. */
interface Visit {
  readonly node: GraphNode;
  readonly links: Iterator<readonly [inputName: string, link: Link]>;
}

class GraphCheck {
  readonly checks = new Map<string, NodeCheck>();
  readonly #cycles = new Map<string, PromptFault>();
  readonly #path: Visit[] = [];
  /** Ids on the path. */
  readonly #open = new Set<string>();
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

  /** Checks a node and everything upstream of it, each once, depth first. Not by recursion: graphs may be deep. */
  *visit(output: GraphNode): Generator<void, void, void> {
    this.#enter(output, undefined);
    for (let visit = this.#path.at(-1); visit !== undefined; visit = this.#path.at(-1)) {
      const next = visit.links.next();
      if (next.done === true) {
        this.#path.pop();
        this.#open.delete(visit.node.id);
        continue;
      }
      const [inputName, link] = next.value;
      const source = this.#graph.get(link.from);
      const input = visit.node.nodeClass.inputs.get(inputName);
      if (source !== undefined && input !== undefined) this.#enter(source, { inputName, input, link });
      yield;
    }
  }

  /** A node and everything upstream of it, but for what is known and upstream of that. */
  upstream(id: string, known: ReadonlySet<string>): ReadonlySet<string> {
    const reached = new Set([id]);
    for (const current of reached) {
      for (const { from } of this.checks.get(current)?.links.values() ?? []) if (!known.has(from)) reached.add(from);
    }
    return reached;
  }

  #enter(node: GraphNode, consumer: Consumer | undefined): void {
    if (this.#open.has(node.id)) {
      this.#cycles.set(node.id, this.#describeCycle(node.id));
      return;
    }
    if (this.checks.has(node.id)) return;
    const check = checkNode(this.#graph, node, consumer);
    this.checks.set(node.id, check);
    this.#path.push({ node, links: check.links.entries() });
    this.#open.add(node.id);
  }

  #describeCycle(id: string): PromptFault {
    const start = this.#path.findIndex(({ node }) => node.id === id);
    const around = this.#path.slice(start, start + longestShownCycle).map(({ node }) => node.id);
    const nodes = [...around, id];
    const message = 'The links of the graph form a cycle';
    return promptFault('dependency_cycle', message, nodes.join(' <- '), { cycle_nodes: nodes });
  }
}

function validNode(node: GraphNode, { links, widgets }: NodeCheck): ValidNode {
  const inputs = { ...node.inputs, ...Object.fromEntries(widgets) };
  return { id: node.id, nodeClass: node.nodeClass, links, widgets, inputs };
}

/**
 * Checks a prompt as ComfyUI 0.3.64 does, all faults at once. Output nodes are judged apart: those without faults run
 * even if others have some.
 *
 * @returns Steps of well under a millisecond each, so that a large prompt need not be checked in one go.
 */
export function* validationSteps(
  prompt: JsonValue,
  classes: NodeClasses,
  { maxNodes, targets }: ValidationOptions,
): Generator<void, ValidPrompt | InvalidPrompt, void> {
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
  for (const node of candidates) yield* check.visit(node);
  const good = new Set<string>();
  const needed = new Set<string>();
  const dependants = new Map<string, string[]>();
  for (const { id } of candidates) {
    // What another output needs without fault needs no second look.
    const upstream = [...check.upstream(id, needed)];
    const faulty = upstream.filter((nodeId) => check.isFaulty(nodeId));
    for (const nodeId of faulty) {
      const ids = dependants.get(nodeId);
      if (ids === undefined) dependants.set(nodeId, [id]);
      else if (ids.length < mostDependants) ids.push(id);
    }
    yield;
    if (faulty.length > 0) continue;
    good.add(id);
    for (const nodeId of upstream) needed.add(nodeId);
  }
  for (const [id, dependent_outputs] of dependants) {
    const classType = graph.get(id)?.nodeClass.classType ?? '';
    nodeErrors.set(id, { errors: check.faults(id), dependent_outputs, class_type: classType });
    yield;
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
  const converted = new Map<string, GraphNode>();
  for (const node of graph.values()) {
    const checked = needed.has(node.id) ? check.checks.get(node.id) : undefined;
    const valid = checked === undefined ? undefined : validNode(node, checked);
    if (valid !== undefined) nodes.set(node.id, valid);
    const inputs = valid?.inputs;
    yield;
    converted.set(node.id, inputs === undefined ? node : { ...node, inputs, json: { ...node.json, inputs } });
  }
  const json = Object.fromEntries([...converted].map(([id, node]) => [id, node.json]));
  return { ok: true, outputs: [...good], nodes, prompt: json, graph: converted, nodeErrors };
}

/** All steps of {@link validationSteps} at once. */
export function validatePrompt(
  prompt: JsonValue,
  classes: NodeClasses,
  options: ValidationOptions,
): ValidPrompt | InvalidPrompt {
  const steps = validationSteps(prompt, classes, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
