import { z } from 'zod';

import { ComfyClientError } from '../errors.ts';
import { serializeJson } from '../serialize-json.ts';
import { parseWorkflowGraph, type WorkflowGraph, type WorkflowInput } from '../workflow-graph.ts';
import { outputParameters, type TemplateOutput, templateOutputSchema } from './template-output.ts';
import { judgeParameter, type TemplateParameter, templateParameterSchema } from './template-parameters.ts';

const fileSchema = z.strictObject({
  /** File name of the workflow, beside this file. */
  workflow: z.string().regex(/^[\w-]+\.api\.json$/, 'must be the name of a file *.api.json'),
  description: z.string().min(1).max(200),
  parameters: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be a name in camel case'), templateParameterSchema)
    .transform((parameters) => new Map(Object.entries(parameters))),
  /** Role → node id, for those who measure single nodes. */
  nodes: z.record(z.string().min(1), z.string().min(1)).default({}),
  output: templateOutputSchema,
});

/** A workflow with the parameters that may be changed in it, and what comes out of it. */
export interface WorkflowTemplate {
  /** File name of the workflow. */
  readonly workflow: string;
  readonly description: string;
  readonly graph: WorkflowGraph;
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly nodes: Readonly<Record<string, string>>;
  readonly output: TemplateOutput;
}

/** Node id and input name that a pointer leads to; null for one that leads elsewhere. */
export function targetOf(pointer: string): readonly [nodeId: string, input: string] | null {
  const [, nodeId, section, input, ...rest] = pointer
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (nodeId === undefined || section !== 'inputs' || input === undefined || rest.length > 0) return null;
  return [nodeId, input];
}

/** What a workflow holds at a pointer; undefined where it has no such input. */
export function inputAt(graph: WorkflowGraph, pointer: string): WorkflowInput | undefined {
  const [nodeId, input] = targetOf(pointer) ?? ['', ''];
  const node = Object.hasOwn(graph, nodeId) ? graph[nodeId] : undefined;
  return node !== undefined && Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined;
}

/** What is wrong with one parameter as a description of the graph. */
function faultsOf(graph: WorkflowGraph, name: string, definition: TemplateParameter): string[] {
  const values = definition.inputs.map((pointer) => inputAt(graph, pointer));
  const lost = definition.inputs.filter((_pointer, at) => values[at] === undefined);
  if (lost.length > 0) return lost.map((pointer) => `${name} points to ${pointer}, which is no input of the workflow`);
  if (new Set(values).size > 1) return [`${name} has different values: ${values.map(serializeJson).join(', ')}`];
  const judged = judgeParameter(definition, values[0]);
  return 'fault' in judged ? [`${name} is ${serializeJson(values[0])} in the workflow, expected ${judged.fault}`] : [];
}

/**
 * Reads a workflow in API format and the declarations of its parameters as one template. The workflow holds every
 * parameter's default, at each of its pointers.
 *
 * @param declared the parsed file `<name>.parameters.json`
 * @param workflow the parsed file `<name>.api.json`
 * @throws ComfyClientError COMFY_TEMPLATE_INVALID naming every fault; COMFY_GRAPH_INVALID
 */
export function parseWorkflowTemplate(declared: unknown, workflow: unknown): WorkflowTemplate {
  const graph = parseWorkflowGraph(workflow);
  const parsed = fileSchema.safeParse(declared);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`));
  }
  const { parameters, nodes, output } = parsed.data;
  const faults = [...parameters].flatMap(([name, definition]) => faultsOf(graph, name, definition));
  for (const [role, id] of Object.entries(nodes)) {
    if (!Object.hasOwn(graph, id)) faults.push(`node ${id} (${role}) is not in the workflow`);
  }
  for (const name of outputParameters(output)) {
    if (parameters.get(name)?.type !== 'integer') faults.push(`the output asks for ${name}, which is no whole number`);
  }
  if (faults.length > 0) throw invalid(faults);
  return { ...parsed.data, graph };
}

function invalid(faults: readonly string[]): ComfyClientError {
  return new ComfyClientError('COMFY_TEMPLATE_INVALID', `No template: ${faults.slice(0, 5).join('; ')}`, {
    details: { faults },
  });
}
