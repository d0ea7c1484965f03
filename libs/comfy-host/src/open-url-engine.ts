import { createComfyClient, getSystemStats, listModels } from '@dgx-pixels/comfy-client';
import { canonicalJson, sha256Hex } from '@dgx-pixels/evidence';
import type { EngineChoice, EngineHandle, OpenEngineOptions } from './engine-handle.ts';
import { ComfyHostError } from './errors.ts';
import { isLoopbackHost } from './is-loopback-host.ts';

/** Takes a running ComfyUI server by its address, after asking whether it is one. */
export async function openUrlEngine(
  choice: Extract<EngineChoice, { kind: 'url' }>,
  { signal }: OpenEngineOptions,
): Promise<EngineHandle> {
  const client = createComfyClient({ url: choice.url });
  const { hostname } = new URL(client.url);
  if (choice.allowRemote !== true && !isLoopbackHost(hostname)) {
    throw new ComfyHostError('ENGINE_HOST_REMOTE_REFUSED', `${client.url} is not an address of this host`, {
      details: { url: client.url, hostname },
    });
  }
  const stats = await getSystemStats(client, { signal });
  const checkpoints = await listModels(client, 'checkpoints', { signal });
  return {
    kind: 'comfyui',
    url: client.url,
    client,
    version: stats.comfyuiVersion,
    startMs: null,
    modelSha256: [],
    checkpoints,
    argvSha256: stats.argv === null ? null : sha256Hex(canonicalJson(stats.argv)),
    processId: null,
    close: () => Promise.resolve(),
  };
}
