import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createComfyClient, getSystemStats, listModels } from '@dgx-pixels/comfy-client';
import { openPixelEngine, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import type { EngineChoice, EngineHandle, OpenEngineOptions } from './engine-handle.ts';
import { ComfyHostError } from './errors.ts';

/** Loads the bundled model and serves it in this process. */
export async function openEmbeddedEngine(
  choice: Extract<EngineChoice, { kind: 'embedded' }>,
  { signal }: OpenEngineOptions,
): Promise<EngineHandle> {
  const startedAt = performance.now();
  const closers: (() => Promise<void>)[] = [];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= closeAll(closers));
  try {
    const outputDirectory = choice.outputDirectory ?? (await makeTemporaryFolder(closers));
    const engine = await openPixelEngine({ modelDirectory: choice.modelDirectory, signal });
    closers.unshift(() => engine.close());
    const server = await startEmbeddedServer({ engine, outputDirectory });
    closers.unshift(() => server.close());
    const client = createComfyClient({ url: server.url });
    const stats = await getSystemStats(client, { signal });
    const startMs = performance.now() - startedAt;
    const checkpoints = await listModels(client, 'checkpoints', { signal });
    return {
      kind: 'embedded',
      url: client.url,
      client,
      version: stats.comfyuiVersion,
      startMs,
      modelSha256: [engine.modelSha256],
      checkpoints,
      // The command line of this process says how the caller was started, nothing about the engine.
      argvSha256: null,
      processId: process.pid,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeTemporaryFolder(closers: (() => Promise<void>)[]): Promise<string> {
  const parent = tmpdir();
  try {
    const folder = await mkdtemp(join(parent, 'dgx-pixels-engine-'));
    closers.unshift(() => rm(folder, { recursive: true, force: true }));
    return folder;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ComfyHostError('ENGINE_HOST_DIRECTORY_UNUSABLE', `no folder for images in ${parent}: ${reason}`, {
      details: { parent },
      cause,
    });
  }
}

/** Closes in order, all of them even if one fails, then reports the first failure. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
