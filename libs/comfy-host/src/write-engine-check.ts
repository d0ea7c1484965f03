import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWorkflowGraph } from '@dgx-pixels/comfy-client';
import type { WorkflowGraph } from '@dgx-pixels/comfy-client';
import {
  appendToStore,
  collectToolInfo,
  createRecord,
  describeArtifact,
  discardLatest,
  profileNameSchema,
  sha256Hex,
  writeLatest,
} from '@dgx-pixels/evidence';
import type { EngineCheckRecord, InputRef, TemplateRunRecord } from '@dgx-pixels/evidence';
import { acquireMachineLock, readFingerprint } from '@dgx-pixels/host-telemetry';
import { checkServer } from './check-server.ts';
import { engineInfoOf } from './engine-handle.ts';
import type { EngineChoice, EngineHandle } from './engine-handle.ts';
import { ComfyHostError } from './errors.ts';
import { openEngine } from './open-engine.ts';
import type { EngineCheck } from './server-check.ts';
import { adaptersOf, listTemplates, loadTemplate, type LoadedTemplate } from './templates/load-template.ts';
import { type RecordedTemplate, recordTemplateRun, runTemplates } from './templates/run-templates.ts';
import type { TextToImageRecipe } from './text-to-image-request.ts';

/** Options of {@link writeEngineCheck}. */
export interface WriteEngineCheckOptions {
  /** Root of the workspace; everything is written below its `bench/results`. */
  readonly workspaceRoot: string;
  /** Name of the profile the evidence counts for. */
  readonly profile: string;
  /** Which engine to check. @default the embedded one */
  readonly engine?: EngineChoice | undefined;
  /** Changes to the template, such as the profile's own recipe. */
  readonly recipe?: TextToImageRecipe | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: string) => void) | undefined;
  /** Limit of the image's run, milliseconds. @default 600_000 */
  readonly timeoutMs?: number | undefined;
  /** Longest wait for the machine lock, milliseconds. @default 60_000 */
  readonly lockTimeoutMs?: number | undefined;
  /** Directory of the machine lock. @default the one all measurements of this machine share */
  readonly lockDirectory?: string | undefined;
}

/** What was written. */
export interface WrittenEngineCheck {
  readonly record: EngineCheckRecord;
  /** One for each template of bench/workflows. */
  readonly templates: readonly TemplateRunRecord[];
  /** The folder with the records and their images. */
  readonly latestDirectory: string;
}

const templatePath = 'bench/workflows/txt2img.api.json';
/** A workflow file of this size is none. */
const maxTemplateBytes = 2 ** 20;

/**
 * The `ws-04` measurement: opens the engine, checks it under the machine lock, runs every template of bench/workflows
 * once, and writes the records with their images into `bench/results/ws-04/<profile>/latest` and the store. What an
 * earlier run wrote goes first, so that a failure leaves no old result. Checks that did not hold are written too: judging
 * is not done here. How a template's pictures look is checked on the embedded engine only, whose weights are known.
 *
 * @throws ComfyHostError; errors of the client, the embedded engine, the machine lock (HOST_BUSY) and the evidence;
 * the signal's reason.
 */
export async function writeEngineCheck(options: WriteEngineCheckOptions): Promise<WrittenEngineCheck> {
  const { workspaceRoot, profile, signal, onProgress } = options;
  if (!profileNameSchema.safeParse(profile).success) {
    throw new ComfyHostError(
      'ENGINE_HOST_PROFILE_INVALID',
      `${JSON.stringify(profile.slice(0, 80))} is no profile name`,
    );
  }
  const latestDirectory = join(workspaceRoot, 'bench/results/ws-04', profile, 'latest');
  signal?.throwIfAborted();
  await writing(latestDirectory, () => discardLatest(latestDirectory));
  const template = await readTemplate(workspaceRoot);
  const templates = [];
  for (const name of await listTemplates(workspaceRoot)) templates.push(await loadTemplate(workspaceRoot, name));
  const lock = await acquireMachineLock({
    purpose: `ws-04 ${profile}`,
    signal,
    timeoutMs: options.lockTimeoutMs,
    directory: options.lockDirectory,
    onWait: ({ pid, purpose }) => onProgress?.(`waiting for process ${pid} (${purpose})`),
  });
  const checked = await runCheck(template.graph, templates, options).finally(() => lock.release());
  const context = {
    profile,
    tool: await collectToolInfo(workspaceRoot),
    host: await readFingerprint({ signal }),
    engine: engineInfoOf(checked.handle),
  };
  const record = createRecord({
    kind: 'engineCheck',
    workstream: 'ws-04',
    origin: 'measured',
    ...context,
    inputs: [template.input],
    artifacts: checked.images.map(({ facts, data }) => describeArtifact(facts.path, data)),
    payload: checked.payload,
  });
  const runs = checked.templates.map((run) => ({ run, record: recordTemplateRun(run, context) }));
  const named = runs.map(({ run, record: of }) => ({ name: `template-${run.loaded.name}`, record: of }));
  const records = [{ name: 'engine-check', record }, ...named];
  signal?.throwIfAborted();
  await writing(latestDirectory, async () => {
    const images = checked.images.map(({ facts, data }) => ({ path: facts.path, data }));
    const artifacts = [...images, ...runs.flatMap(({ run }) => run.artifacts)];
    for (const one of records) await appendToStore(join(workspaceRoot, 'bench/results/store'), one.record);
    await writeLatest({ directory: latestDirectory, records, artifacts });
  });
  return { record, templates: runs.map(({ record: of }) => of), latestDirectory };
}

async function runCheck(
  workflow: WorkflowGraph,
  templates: readonly LoadedTemplate[],
  options: WriteEngineCheckOptions,
): Promise<EngineCheck & { handle: EngineHandle; templates: readonly RecordedTemplate[] }> {
  const { recipe, signal, timeoutMs, onProgress } = options;
  onProgress?.('opening the engine');
  const choice = options.engine ?? { kind: 'embedded' };
  const adapters = adaptersOf(templates);
  const handle = await openEngine(choice.kind === 'embedded' ? { adapters, ...choice } : choice, { signal });
  try {
    const check = await checkServer(handle, { workflow, recipe, signal, timeoutMs, onProgress });
    const checkpoint = recipe?.checkpoint;
    const checkLooks = handle.kind === 'embedded';
    const runs = await runTemplates(handle, templates, { checkpoint, checkLooks, signal, timeoutMs, onProgress });
    return { ...check, handle, templates: runs };
  } finally {
    await handle.close();
  }
}

async function readTemplate(workspaceRoot: string): Promise<{ graph: WorkflowGraph; input: InputRef }> {
  try {
    const file = join(workspaceRoot, templatePath);
    const { size } = await stat(file);
    if (size > maxTemplateBytes) throw new Error(`it has ${size} bytes, at most ${maxTemplateBytes} are read`);
    const bytes = await readFile(file);
    const graph = parseWorkflowGraph(JSON.parse(bytes.toString('utf8')));
    return { graph, input: { path: templatePath, sha256: sha256Hex(bytes) } };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ComfyHostError('ENGINE_HOST_TEMPLATE_UNUSABLE', `${templatePath} cannot be used: ${reason}`, {
      details: { path: templatePath },
      cause,
    });
  }
}

/** Errors of the file system gain a code; errors of the evidence package have one. */
async function writing(directory: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new ComfyHostError('ENGINE_HOST_RECORD_UNWRITABLE', `nothing was written to ${directory}: ${cause.message}`, {
      details: { directory },
      cause,
    });
  }
}
