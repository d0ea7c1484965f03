import type { WorkflowGraph, WorkflowInput } from '../workflow-graph.ts';
import { type ParameterValues, readParameterValues } from './template-parameters.ts';
import { inputAt, targetOf, type WorkflowTemplate } from './workflow-template.ts';

/**
 * A copy of a template's workflow with values set through its declared parameters, and nothing else changed.
 *
 * @throws ComfyClientError COMFY_PARAMETER_INVALID naming every unknown name and every value outside its range
 */
export function applyParameters(
  template: Pick<WorkflowTemplate, 'graph' | 'parameters'>,
  values: ParameterValues,
): WorkflowGraph {
  const read = readParameterValues(template.parameters, values);
  const inputs = new Map<string, Record<string, WorkflowInput>>();
  for (const [name, value] of Object.entries(read)) {
    for (const pointer of template.parameters.get(name)?.inputs ?? []) {
      const [nodeId, input] = targetOf(pointer) ?? ['', ''];
      const node = inputs.get(nodeId) ?? { ...template.graph[nodeId]?.inputs };
      inputs.set(nodeId, { ...node, [input]: value });
    }
  }
  return Object.fromEntries(
    Object.entries(template.graph).map(([id, node]) => [id, { ...node, inputs: inputs.get(id) ?? node.inputs }]),
  );
}

/** Every parameter's value as the workflow holds it. */
export function defaultParameters(template: Pick<WorkflowTemplate, 'graph' | 'parameters'>): ParameterValues {
  const values: Record<string, unknown> = {};
  for (const [name, { inputs }] of template.parameters) values[name] = inputAt(template.graph, inputs[0] ?? '');
  return readParameterValues(template.parameters, values);
}
