import type { ComfyClient } from './client.ts';
import { postAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link freeMemory}. */
export interface FreeMemoryOptions extends CallOptions {
  /** Take the models off the device. @default false */
  readonly unloadModels?: boolean | undefined;
  /** Also drop cached node results. @default false */
  readonly freeMemory?: boolean | undefined;
}

/** Asks the server to release memory. It answers at once and acts after the prompt that runs. */
export async function freeMemory(client: ComfyClient, options: FreeMemoryOptions = {}): Promise<void> {
  const body = { unload_models: options.unloadModels ?? false, free_memory: options.freeMemory ?? false };
  await postAction(client, '/free', body, options);
}
