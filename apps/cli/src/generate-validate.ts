import { parseWorkflowGraph, readPngWorkflow, validateWorkflow, workflowFingerprint } from '@dgx-pixels/comfy-client';
import type { WorkflowFault, WorkflowGraph } from '@dgx-pixels/comfy-client';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';
import { readInputFile, readInputJson } from './read-input-file.ts';
import { readObjectInfo } from './read-object-info.ts';

export interface GenerateValidateOptions {
  readonly from?: string;
}

/** Judges a workflow against the node classes of a server without running it; says everything that is wrong. */
export async function generateValidate(
  context: CommandContext,
  path: string,
  options: GenerateValidateOptions,
): Promise<CommandResult> {
  const graph = await readWorkflow(context, path);
  context.progress.update('reading the node classes');
  const { objectInfo, source } = await readObjectInfo(context, options.from);
  const faults = validateWorkflow(graph, objectInfo);
  const nodes = Object.keys(graph).length;
  const data = { workflow: path, fingerprint: workflowFingerprint(graph), nodes, source, faults };
  if (faults.length === 0) {
    return { exitCode: exitCodes.done, data, text: `${path}: ${nodes} nodes, nothing that ${source} would refuse` };
  }
  const text = [`${path}: ${faults.length} fault(s) against ${source}`, ...faults.map(describeFault)].join('\n');
  return { exitCode: exitCodes.usage, data, text };
}

/** A workflow file in API format, or a picture that carries one. */
async function readWorkflow(context: CommandContext, path: string): Promise<WorkflowGraph> {
  if (!/\.png$/i.test(path)) return parseWorkflowGraph(await readInputJson(context, path));
  return readPngWorkflow(await readInputFile(context, path));
}

function describeFault({ nodeId, classType, type, message }: WorkflowFault): string {
  const place = nodeId === null ? 'workflow' : `node ${nodeId} ${classType ?? ''}`;
  return plainText(`  ${place}: ${message} (${type})`);
}
