import { randomUUID } from 'node:crypto';
import {
  ComfyClientError,
  cancelPrompt,
  getHistory,
  getObjectInfo,
  getSystemStats,
  queuePrompt,
} from '@dgx-pixels/comfy-client';
import type { ComfyClient, ObjectInfo, SystemStats, WorkflowGraph } from '@dgx-pixels/comfy-client';
import { canonicalJson, sha256Hex } from '@dgx-pixels/evidence';
import type { EngineCheckPayload } from '@dgx-pixels/evidence';
import { checkTextToImage } from './check-text-to-image.ts';
import type { EngineHandle } from './engine-handle.ts';
import { ComfyHostError } from './errors.ts';
import type { EngineCheck, ServerCheck } from './server-check.ts';
import { prepareTextToImage, templateNodes } from './text-to-image-request.ts';
import type { TextToImageRecipe } from './text-to-image-request.ts';

/** Options of {@link checkServer}. */
export interface CheckServerOptions {
  /** The text-to-image template, `bench/workflows/txt2img.api.json`. */
  readonly workflow: WorkflowGraph;
  /** Changes to the template. @default its own values */
  readonly recipe?: TextToImageRecipe | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Limit of the image's run, milliseconds. @default 600_000 */
  readonly timeoutMs?: number | undefined;
  /** Told before each step. */
  readonly onProgress?: ((step: string) => void) | undefined;
}

/**
 * Asks a server what a ComfyUI has to answer, and has it make one image through the template. A statement that does not
 * hold is a finding in the result; it does not throw.
 *
 * @throws ComfyClientError when the server does not answer at all; ComfyHostError ENGINE_HOST_TEMPLATE_UNUSABLE,
 * ENGINE_HOST_SERVER_INCOMPLETE; the signal's reason.
 */
export async function checkServer(handle: EngineHandle, options: CheckServerOptions): Promise<EngineCheck> {
  const { client } = handle;
  const { signal, onProgress } = options;
  const request = prepareTextToImage(options.workflow, options.recipe ?? {});
  onProgress?.('asking the server about itself');
  const stats = await getSystemStats(client, { signal });
  const objectInfo = await getObjectInfo(client, { signal });
  const checks = [
    { id: 'answersSystemStats', passed: true, detail: `ComfyUI ${stats.comfyuiVersion}` },
    offersTemplateNodes(objectInfo),
    listsCheckpoint(handle, request.checkpoint),
    await forgetsUnknownPrompts(client, signal),
    await refusesUnknownNodes(client, signal),
  ];
  onProgress?.('making an image');
  const image = await checkTextToImage(handle, request, { signal, timeoutMs: options.timeoutMs ?? 600_000 });
  const system = systemOf(handle, stats);
  const payload: EngineCheckPayload = {
    url: handle.url,
    startMs: handle.startMs,
    system,
    nodeClasses: Object.keys(objectInfo).length,
    objectInfoSha256: sha256Hex(canonicalJson(objectInfo)),
    checkpoints: [...handle.checkpoints],
    checks: [...checks, ...image.checks],
    textToImage: image.textToImage,
    missing: {
      ...(handle.startMs === null && { startMs: 'the server ran already' }),
      ...(system.pythonVersion === null && { 'system.pythonVersion': 'the server does not tell' }),
      ...(system.argvSha256 === null && { 'system.argvSha256': 'the server has no command line of its own' }),
      ...(image.textToImage === null && { textToImage: 'the run gave no whole image' }),
    },
  };
  return { payload, images: image.images };
}

function systemOf(handle: EngineHandle, stats: SystemStats): EngineCheckPayload['system'] {
  const deviceName = stats.devices[0]?.name;
  if (stats.ramTotalBytes === null || deviceName === undefined) {
    throw new ComfyHostError(
      'ENGINE_HOST_SERVER_INCOMPLETE',
      `${handle.url}/system_stats tells no ram_total or no device`,
    );
  }
  return {
    comfyuiVersion: stats.comfyuiVersion,
    pythonVersion: stats.pythonVersion,
    os: stats.os,
    ramTotalBytes: stats.ramTotalBytes,
    deviceName,
    argvSha256: handle.argvSha256,
  };
}

function offersTemplateNodes(objectInfo: ObjectInfo): ServerCheck {
  const missing = [...new Set(Object.values(templateNodes))].filter((name) => !Object.hasOwn(objectInfo, name));
  const passed = missing.length === 0;
  const detail = passed ? `${Object.keys(objectInfo).length} node classes` : `missing: ${missing.join(', ')}`;
  return { id: 'offersTextToImageNodes', passed, detail };
}

function listsCheckpoint(handle: EngineHandle, checkpoint: string): ServerCheck {
  const passed = handle.checkpoints.includes(checkpoint);
  const listed = handle.checkpoints.slice(0, 10).join(', ') || 'none';
  const detail = passed ? checkpoint : `${checkpoint} is not among the checkpoints: ${listed}`;
  return { id: 'listsCheckpoint', passed, detail: detail.slice(0, 2000) };
}

async function forgetsUnknownPrompts(client: ComfyClient, signal: AbortSignal | undefined): Promise<ServerCheck> {
  return ask('hasNoHistoryOfUnknownPrompts', async () => {
    const entry = await getHistory(client, randomUUID(), { signal });
    return {
      passed: entry === null,
      detail: entry === null ? 'empty, as it must be' : 'an entry for an id never sent',
    };
  });
}

async function refusesUnknownNodes(client: ComfyClient, signal: AbortSignal | undefined): Promise<ServerCheck> {
  return ask('refusesUnknownNodes', async () => {
    const graph = { '1': { class_type: 'DgxPixelsNoSuchNode', inputs: {} } };
    const reply = await queuePrompt(client, graph, { signal });
    if (reply.status === 'invalid') return { passed: true, detail: reply.message };
    if (reply.status === 'accepted') await cancelPrompt(client, reply.promptId, { signal });
    return { passed: false, detail: `answered with ${reply.status}` };
  });
}

/** A server that answers a question wrongly has failed that check, not the others. */
async function ask(id: string, question: () => Promise<Omit<ServerCheck, 'id'>>): Promise<ServerCheck> {
  try {
    return { id, ...(await question()) };
  } catch (error) {
    if (!(error instanceof ComfyClientError)) throw error;
    return { id, passed: false, detail: `${error.code}: ${error.message}`.slice(0, 2000) };
  }
}
