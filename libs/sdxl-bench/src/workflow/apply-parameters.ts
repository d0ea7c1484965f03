import type { WorkflowGraph, WorkflowInput } from '@dgx-pixels/comfy-client';
import { BenchError } from '../errors.ts';
import type { WorkflowParameters } from './load-workflow.ts';

/** Values to set; what is not given keeps the workflow's value. */
export type ParameterValues = { readonly [Name in keyof WorkflowParameters]?: string | number | bigint };

/**
 * A copy of the graph with parameters set through their JSON pointers (RFC 6901) of the form `/<node>/inputs/<name>`.
 * The input must be there already: a pointer never adds one.
 *
 * @param file Named in the error.
 * @throws BenchError BENCH_WORKFLOW_INVALID naming every pointer that leads to no input.
 */
export function applyParameters(
  graph: WorkflowGraph,
  parameters: WorkflowParameters,
  values: ParameterValues,
  file = 'the parameter file',
): WorkflowGraph {
  const inputs = new Map(Object.entries(graph).map(([id, node]) => [id, { ...node.inputs }]));
  const byName = new Map<string, string | number | bigint | undefined>(Object.entries(values));
  const faults: string[] = [];
  for (const [name, pointer] of Object.entries(parameters)) {
    const [, id, section, input, ...rest] = pointer.split('/').map(unescapePointer);
    const node: Record<string, WorkflowInput> | undefined = inputs.get(id ?? '');
    if (
      node === undefined ||
      section !== 'inputs' ||
      input === undefined ||
      rest.length > 0 ||
      !Object.hasOwn(node, input)
    ) {
      faults.push(`${name} points to ${pointer}, which is no input of the workflow`);
      continue;
    }
    const value = byName.get(name);
    if (value !== undefined) node[input] = value;
  }
  if (faults.length > 0) {
    throw new BenchError('BENCH_WORKFLOW_INVALID', `${file}: ${faults.join('; ')}`, {
      details: { path: file, faults },
    });
  }
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, { ...node, inputs: inputs.get(id) ?? {} }]));
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
