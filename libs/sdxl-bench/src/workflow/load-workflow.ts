import { posix } from 'node:path';
import { parseWorkflowTemplate } from '@dgx-pixels/comfy-client';
import type { WorkflowTemplate } from '@dgx-pixels/comfy-client';
import type { InputRef } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { readWorkspaceFile } from '../definition/read-workspace-file.ts';
import { BenchError } from '../errors.ts';

/** The parameters that a measured run sets. */
const measuredParameters = [
  'checkpoint',
  'positive',
  'negative',
  'width',
  'height',
  'batchSize',
  'seed',
  'steps',
  'cfg',
  'sampler',
  'scheduler',
  'filenamePrefix',
] as const;

const nodesSchema = z.strictObject({
  checkpoint: z.string(),
  sampler: z.string(),
  decode: z.string(),
  save: z.string(),
});

/** A text-to-image template, and the roles of its nodes. */
export interface LoadedWorkflow extends Pick<WorkflowTemplate, 'graph' | 'parameters'> {
  /** Node ids by role. */
  readonly nodes: z.infer<typeof nodesSchema>;
  readonly files: { readonly workflow: InputRef; readonly parameters: InputRef };
}

/**
 * Reads a workflow in ComfyUI's API format and the file that declares its parameters.
 *
 * @throws BenchError BENCH_WORKFLOW_INVALID naming the file and what is wrong with it.
 */
export async function loadWorkflow(
  workspaceRoot: string,
  paths: { readonly workflow: string; readonly parameters: string },
): Promise<LoadedWorkflow> {
  const workflow = await readJson(workspaceRoot, paths.workflow);
  const sidecar = await readJson(workspaceRoot, paths.parameters);
  const template = parseTemplate(paths.parameters, sidecar.value, workflow.value);
  const { graph, parameters } = template;
  if (posix.join(posix.dirname(paths.parameters), template.workflow) !== paths.workflow) {
    throw invalid(paths.parameters, `it describes ${template.workflow}, not ${paths.workflow}`);
  }
  const absent = measuredParameters.filter((name) => !parameters.has(name));
  if (absent.length > 0) throw invalid(paths.parameters, `it declares no ${absent.join(', ')}`);
  const nodes = nodesSchema.safeParse(template.nodes);
  if (!nodes.success) throw invalid(paths.parameters, z.prettifyError(nodes.error));
  return { graph, parameters, nodes: nodes.data, files: { workflow: workflow.ref, parameters: sidecar.ref } };
}

async function readJson(
  workspaceRoot: string,
  path: string,
): Promise<{ readonly ref: InputRef; readonly value: unknown }> {
  try {
    const { ref, text } = await readWorkspaceFile(workspaceRoot, path);
    return { ref, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error), error);
  }
}

function parseTemplate(path: string, declared: unknown, workflow: unknown): WorkflowTemplate {
  try {
    return parseWorkflowTemplate(declared, workflow);
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(path: string, reason: string, cause?: unknown): BenchError {
  return new BenchError('BENCH_WORKFLOW_INVALID', `${path} cannot be used: ${reason}`, {
    details: { path },
    cause,
  });
}
