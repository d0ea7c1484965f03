import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { z } from 'zod';
import type { WorkflowFacts } from './gate-facts.ts';

/** Inputs are definitions and templates; anything larger is not hashed and counts as absent. */
const inputBytes = 64 << 20;

const graphSchema = z.record(z.string(), z.object({ class_type: z.string() }));

async function readInput(workspaceRoot: string, path: string): Promise<Buffer | null> {
  try {
    const file = join(workspaceRoot, path);
    const status = await stat(file);
    return status.isFile() && status.size <= inputBytes ? await readFile(file) : null;
  } catch {
    return null;
  }
}

/** Hash of each file as it is today; null if it cannot be read. */
export async function hashInputs(workspaceRoot: string, paths: Iterable<string>): Promise<Map<string, string | null>> {
  const hashes = new Map<string, string | null>();
  for (const path of new Set(paths)) {
    const bytes = await readInput(workspaceRoot, path);
    hashes.set(path, bytes === null ? null : sha256Hex(bytes));
  }
  return hashes;
}

function parseClasses(text: string): ReadonlyMap<string, string> | null {
  try {
    const graph = graphSchema.safeParse(JSON.parse(text));
    return graph.success ? new Map(Object.entries(graph.data).map(([id, node]) => [id, node.class_type])) : null;
  } catch {
    return null;
  }
}

/** The workflow templates of the workspace, sorted by name. */
export async function readWorkflows(workspaceRoot: string): Promise<WorkflowFacts[]> {
  const folder = 'bench/workflows';
  const names = await readdir(join(workspaceRoot, folder)).catch(() => []);
  const workflows: WorkflowFacts[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.api.json')).sort()) {
    const bytes = await readInput(workspaceRoot, `${folder}/${name}`);
    if (bytes === null) continue;
    workflows.push({
      path: `${folder}/${name}`,
      sha256: sha256Hex(bytes),
      classes: parseClasses(bytes.toString('utf8')),
    });
  }
  return workflows;
}
