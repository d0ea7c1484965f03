import { mkdir, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createComfyClient, getSystemStats, listModels } from '@dgx-pixels/comfy-client';
import { makeTemporaryFolder, openPixelEngine, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import type { EngineChoice, EngineHandle, OpenEngineOptions } from './engine-handle.ts';

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
    const outputDirectory = choice.outputDirectory ?? (await temporaryFolder(closers));
    const modelsDirectory = await offerAdapters(choice.adapters ?? [], closers);
    const engine = await openPixelEngine({ modelDirectory: choice.modelDirectory, signal });
    closers.unshift(() => engine.close());
    const server = await startEmbeddedServer({ engine, outputDirectory, modelsDirectory });
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

/** A folder of models as ComfyUI lays it out, with links to the adapters. */
async function offerAdapters(
  adapters: readonly string[],
  closers: (() => Promise<void>)[],
): Promise<string | undefined> {
  if (adapters.length === 0) return undefined;
  const folder = await temporaryFolder(closers);
  await mkdir(join(folder, 'loras'));
  for (const adapter of new Set(adapters)) await symlink(adapter, join(folder, 'loras', basename(adapter)));
  return folder;
}

async function temporaryFolder(closers: (() => Promise<void>)[]): Promise<string> {
  const folder = await makeTemporaryFolder('dgx-pixels-engine');
  closers.unshift(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Closes in order, all of them even if one fails, then reports the first failure. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
