import type { ComfyClient } from './client.ts';
import { postAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Interrupts one prompt if it is the one that runs; the server looks at the request between steps, so a blocking node
 * still takes its time. Without an id ComfyUI would stop whatever runs, also other people's work: no such verb exists here.
 */
export async function interruptPrompt(client: ComfyClient, promptId: string, options: CallOptions = {}): Promise<void> {
  await postAction(client, '/interrupt', { prompt_id: promptId }, options);
}
