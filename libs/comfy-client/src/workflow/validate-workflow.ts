import type { ObjectInfo } from '../schema/object-info.ts';
import type { WorkflowGraph, WorkflowInput, WorkflowNode } from '../workflow-graph.ts';
import { judgeValue, type ValueFault } from './judge-value.ts';
import { type NodeClass, type NodeClassInput, readNodeClass } from './node-class.ts';

/** Something that keeps a server from running a workflow. */
export interface WorkflowFault {
  /** Null for a fault of the workflow as a whole. */
  readonly nodeId: string | null;
  readonly classType: string | null;
  readonly input: string | null;
  /** The server's own error types, where it has one. */
  readonly type:
    | 'unknown_class'
    | 'prompt_no_outputs'
    | 'required_input_missing'
    | 'bad_linked_input'
    | 'return_type_mismatch'
    | 'dependency_cycle'
    | ValueFault['type'];
  /** One line that says what would be right. */
  readonly message: string;
}

type Link = readonly [nodeId: string, slot: number];

/** What a server takes for a link: any list. */
function isList(value: WorkflowInput | undefined): value is readonly WorkflowInput[] {
  return Array.isArray(value);
}

function linkOf(value: readonly WorkflowInput[]): Link | null {
  const [nodeId, slot] = value;
  const isLink = value.length === 2 && typeof nodeId === 'string' && typeof slot === 'number' && Number.isInteger(slot);
  return isLink && slot >= 0 ? [nodeId, slot] : null;
}

/** Whether a result fits an input: they share a type, or one takes any. */
function fits(given: string, wanted: string): boolean {
  const types = wanted.split(',').map((type) => type.trim());
  return given === '*' || types.includes('*') || given.split(',').some((type) => types.includes(type.trim()));
}

type InputFault = Pick<WorkflowFault, 'type' | 'message'>;

/** What is wrong with one input of a node. */
function judgeInput(
  graph: WorkflowGraph,
  classes: ReadonlyMap<string, NodeClass>,
  input: NodeClassInput,
  value: WorkflowInput | undefined,
): readonly InputFault[] {
  if (value === undefined) {
    return input.isRequired ? [{ type: 'required_input_missing', message: `${input.name} is missing` }] : [];
  }
  if (!isList(value)) return judgeValue(value, input);
  const link = linkOf(value);
  if (link === null) {
    return [{ type: 'bad_linked_input', message: `${input.name} is a list, but no link [node id, output number]` }];
  }
  const [sourceId, slot] = link;
  const source = Object.hasOwn(graph, sourceId) ? graph[sourceId] : undefined;
  if (source === undefined) {
    return [{ type: 'bad_linked_input', message: `${input.name} comes from node ${sourceId}, which is not there` }];
  }
  const outputs = classes.get(source.class_type)?.outputs;
  // A source of an unknown class has its own fault.
  if (outputs === undefined) return [];
  const given = outputs[slot];
  const from = `output ${slot} of node ${sourceId} (${source.class_type})`;
  if (given === undefined) {
    return [{ type: 'bad_linked_input', message: `${input.name} comes from ${from}, which has ${outputs.length}` }];
  }
  if (fits(given, input.type)) return [];
  return [{ type: 'return_type_mismatch', message: `${input.name} takes ${input.type}, ${from} is ${given}` }];
}

function linksOf({ inputs }: WorkflowNode): string[] {
  return Object.values(inputs).flatMap((value) => (isList(value) ? (linkOf(value)?.[0] ?? []) : []));
}

/** The nodes that wait for themselves: those left when all whose sources are done have been taken away, again and again. */
function nodesInCycles(graph: WorkflowGraph): string[] {
  const left = new Map(
    Object.entries(graph).map(([id, node]) => [id, new Set(linksOf(node).filter((other) => other in graph))]),
  );
  const consumers = new Map<string, string[]>();
  for (const [id, sources] of left) {
    for (const source of sources) consumers.set(source, [...(consumers.get(source) ?? []), id]);
  }
  const settled = [...left].filter(([, sources]) => sources.size === 0).map(([id]) => id);
  for (const id of settled) {
    left.delete(id);
    for (const consumer of consumers.get(id) ?? []) {
      const sources = left.get(consumer);
      sources?.delete(id);
      if (sources?.size === 0) settled.push(consumer);
    }
  }
  // What only hangs below a cycle is not part of it: it reaches no node that is left through its consumers.
  return [...left.keys()].filter((id) => reaches(id, id, left));
}

function reaches(from: string, wanted: string, left: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const waiting = [...(left.get(from) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === wanted) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(left.get(id) ?? []));
  }
  return false;
}

/** The nodes that outputs depend on: a server does not look at others. */
function neededNodes(graph: WorkflowGraph, classes: ReadonlyMap<string, NodeClass>): ReadonlySet<string> {
  const needed = new Set<string>();
  const waiting = Object.keys(graph).filter((id) => classes.get(graph[id]?.class_type ?? '')?.isOutput === true);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
    if (node === undefined || needed.has(id)) continue;
    needed.add(id);
    waiting.push(...linksOf(node));
  }
  return needed;
}

/**
 * Judges a workflow as a server with that `object_info` would before it runs it, and says everything that is wrong at
 * once, also what the server stops short of: links to nowhere and cycles beside faulty values. Sends nothing.
 *
 * Nodes that no output depends on are only asked for their class, as on the server. Limits that classes check by code of
 * their own are not in an `object_info`.
 *
 * @returns no faults for a workflow that can be queued
 */
export function validateWorkflow(graph: WorkflowGraph, objectInfo: ObjectInfo): readonly WorkflowFault[] {
  const used = new Set(Object.values(graph).map((node) => node.class_type));
  const classes = new Map(
    Object.entries(objectInfo).flatMap(([name, info]) =>
      used.has(name) ? [[name, readNodeClass(info)] as const] : [],
    ),
  );
  const needed = neededNodes(graph, classes);
  const faults: WorkflowFault[] = [];
  for (const [nodeId, node] of Object.entries(graph)) {
    const classType = node.class_type;
    const nodeClass = classes.get(classType);
    if (nodeClass === undefined) {
      const message = `the server has no class ${classType}`;
      faults.push({ nodeId, classType, input: null, type: 'unknown_class', message });
    }
    if (!needed.has(nodeId)) continue;
    for (const input of nodeClass?.inputs ?? []) {
      const value = Object.hasOwn(node.inputs, input.name) ? node.inputs[input.name] : undefined;
      const own = judgeInput(graph, classes, input, value);
      faults.push(...own.map((fault) => ({ nodeId, classType, input: input.name, ...fault })));
    }
  }
  for (const nodeId of nodesInCycles(graph).filter((id) => needed.has(id))) {
    const classType = graph[nodeId]?.class_type ?? null;
    faults.push({ nodeId, classType, input: null, type: 'dependency_cycle', message: 'it depends on its own result' });
  }
  if (needed.size === 0 && !faults.some(({ type }) => type === 'unknown_class')) {
    const message = 'no node of it saves or shows anything';
    faults.push({ nodeId: null, classType: null, input: null, type: 'prompt_no_outputs', message });
  }
  return faults;
}
