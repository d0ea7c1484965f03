import { readFile } from 'node:fs/promises';
import { parseWorkflowGraph } from '@dgx-pixels/comfy-client';
import type { WorkflowGraph } from '@dgx-pixels/comfy-client';

/** The root of this workspace. */
export const workspaceRoot = new URL('../../..', import.meta.url);

/** The template that ships. */
export async function readTemplate(): Promise<WorkflowGraph> {
  const file = new URL('bench/workflows/txt2img.api.json', workspaceRoot);
  return parseWorkflowGraph(JSON.parse(await readFile(file, 'utf8')));
}
