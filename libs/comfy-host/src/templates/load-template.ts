import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseExactJson, parseWorkflowTemplate } from '@dgx-pixels/comfy-client';
import type { WorkflowTemplate } from '@dgx-pixels/comfy-client';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { InputRef } from '@dgx-pixels/evidence';
import { ComfyHostError } from '../errors.ts';

const folder = 'bench/workflows';
const ending = '.parameters.json';
const namePattern = /^[a-z0-9][a-z0-9-]{0,59}$/;
/** Workflow and parameter files; a larger one is none. */
const maxTemplateBytes = 2 ** 20;
const maxFixtureBytes = 16 * 2 ** 20;

/** A file of the workspace that stands in for what the user would bring. */
interface TemplateFixture {
  readonly parameter: string;
  /** Of a picture or of a model file in the named folder. */
  readonly kind: 'image' | { readonly folder: string };
  /** What the server is to call it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** A template of the workspace, and the files that it was read from. */
export interface LoadedTemplate {
  readonly name: string;
  readonly template: WorkflowTemplate;
  readonly fixtures: readonly TemplateFixture[];
  readonly inputs: readonly InputRef[];
}

/** Names of the templates in bench/workflows, sorted. */
export async function listTemplates(workspaceRoot: string): Promise<readonly string[]> {
  const files = await readdir(join(workspaceRoot, folder)).catch(() => []);
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .filter((name) => namePattern.test(name))
    .sort();
}

/** The adapter files that come with templates: what an embedded engine has to offer for them. */
export function adaptersOf(templates: readonly LoadedTemplate[]): readonly string[] {
  const fixtures = templates.flatMap((loaded) => loaded.fixtures);
  return fixtures.flatMap(({ kind, path }) => (kind !== 'image' && kind.folder === 'loras' ? [path] : []));
}

/**
 * Reads a template of bench/workflows with its fixtures.
 *
 * @throws ComfyHostError ENGINE_HOST_TEMPLATE_UNKNOWN naming those that there are; ENGINE_HOST_TEMPLATE_UNUSABLE
 */
export async function loadTemplate(workspaceRoot: string, name: string): Promise<LoadedTemplate> {
  const known = await listTemplates(workspaceRoot);
  if (!known.includes(name)) {
    const message = `there is no template ${JSON.stringify(name.slice(0, 80))} (known: ${known.join(', ')})`;
    throw new ComfyHostError('ENGINE_HOST_TEMPLATE_UNKNOWN', message, { details: { name, known } });
  }
  const path = `${folder}/${name}${ending}`;
  try {
    const declared = await readInput(workspaceRoot, path, maxTemplateBytes);
    const workflow = await readInput(workspaceRoot, `${folder}/${name}.api.json`, maxTemplateBytes);
    const template = parseWorkflowTemplate(parseJson(declared.bytes), parseJson(workflow.bytes));
    if (template.workflow !== `${name}.api.json`) throw new Error(`it describes ${template.workflow}`);
    const fixtures = await readFixtures(workspaceRoot, template);
    const inputs = [workflow.ref, declared.ref, ...fixtures.map(({ ref }) => ref)];
    return { name, template, fixtures: fixtures.map(({ fixture }) => fixture), inputs };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ComfyHostError('ENGINE_HOST_TEMPLATE_UNUSABLE', `${path} cannot be used: ${reason}`, {
      details: { path },
      cause,
    });
  }
}

async function readFixtures(
  workspaceRoot: string,
  { parameters }: WorkflowTemplate,
): Promise<readonly { readonly ref: InputRef; readonly fixture: TemplateFixture }[]> {
  const read = [];
  for (const [parameter, definition] of parameters) {
    if ((definition.type !== 'image' && definition.type !== 'model') || definition.fixture === undefined) continue;
    const { ref, bytes } = await readInput(workspaceRoot, definition.fixture, maxFixtureBytes);
    const kind = definition.type === 'image' ? 'image' : { folder: definition.folder };
    const path = join(workspaceRoot, definition.fixture);
    read.push({ ref, fixture: { parameter, kind, name: basename(definition.fixture), path, bytes } as const });
  }
  return read;
}

async function readInput(
  workspaceRoot: string,
  path: string,
  maxBytes: number,
): Promise<{ readonly ref: InputRef; readonly bytes: Buffer }> {
  const file = join(workspaceRoot, path);
  const { size } = await stat(file);
  if (size > maxBytes) throw new Error(`${path} has ${size} bytes, at most ${maxBytes} are read`);
  const bytes = await readFile(file);
  return { ref: { path, sha256: sha256Hex(bytes) }, bytes };
}

function parseJson(bytes: Buffer): unknown {
  return parseExactJson(bytes.toString('utf8'));
}
