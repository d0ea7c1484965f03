import { posix } from 'node:path';
import { parseWorkflowGraph } from '@dgx-pixels/comfy-client';
import type { WorkflowGraph } from '@dgx-pixels/comfy-client';
import type { InputRef } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { readWorkspaceFile } from '../definition/read-workspace-file.ts';
import { BenchError } from '../errors.ts';
import { applyParameters } from './apply-parameters.ts';

const pointer = z.string().regex(/^(\/[^/]+)+$/, 'must be a JSON pointer');

const parametersFileSchema = z.strictObject({
  workflow: z.string().min(1),
  parameters: z.strictObject({
    checkpoint: pointer,
    positive: pointer,
    negative: pointer,
    width: pointer,
    height: pointer,
    batchSize: pointer,
    seed: pointer,
    steps: pointer,
    cfg: pointer,
    sampler: pointer,
    scheduler: pointer,
    denoise: pointer,
    filenamePrefix: pointer,
  }),
  nodes: z.strictObject({ checkpoint: z.string(), sampler: z.string(), decode: z.string(), save: z.string() }),
});

/** What can be set in a text-to-image workflow: name → JSON pointer of the input. */
export type WorkflowParameters = z.infer<typeof parametersFileSchema>['parameters'];

/** A text-to-image workflow, its parameters and the roles of its nodes. */
export interface LoadedWorkflow {
  readonly graph: WorkflowGraph;
  readonly parameters: WorkflowParameters;
  /** Node ids by role. */
  readonly nodes: {
    readonly checkpoint: string;
    readonly sampler: string;
    readonly decode: string;
    readonly save: string;
  };
  readonly files: { readonly workflow: InputRef; readonly parameters: InputRef };
}

/**
 * Reads a workflow in ComfyUI's API format and the file that names its parameters by JSON pointer.
 *
 * @throws BenchError BENCH_WORKFLOW_INVALID naming the file and what is wrong with it.
 */
export async function loadWorkflow(
  workspaceRoot: string,
  paths: { readonly workflow: string; readonly parameters: string },
): Promise<LoadedWorkflow> {
  const workflow = await readJson(workspaceRoot, paths.workflow);
  const sidecar = await readJson(workspaceRoot, paths.parameters);
  const described = parametersFileSchema.safeParse(sidecar.value);
  if (!described.success) throw invalid(paths.parameters, z.prettifyError(described.error));
  const { parameters, nodes } = described.data;
  if (posix.join(posix.dirname(paths.parameters), described.data.workflow) !== paths.workflow) {
    throw invalid(paths.parameters, `it describes ${described.data.workflow}, not ${paths.workflow}`);
  }
  const graph = parseGraph(paths.workflow, workflow.value);
  const absent = Object.values(nodes).filter((id) => !(id in graph));
  if (absent.length > 0) throw invalid(paths.parameters, `node ${absent.join(', ')} is not in ${paths.workflow}`);
  // Setting every parameter to what it is now finds pointers that lead nowhere, before the first run.
  applyParameters(graph, parameters, {}, paths.parameters);
  return { graph, parameters, nodes, files: { workflow: workflow.ref, parameters: sidecar.ref } };
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

function parseGraph(path: string, value: unknown): WorkflowGraph {
  try {
    return parseWorkflowGraph(value);
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
