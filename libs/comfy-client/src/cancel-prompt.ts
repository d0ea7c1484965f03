import type { ComfyClient } from './client.ts';
import { deleteFromQueue } from './delete-from-queue.ts';
import { getQueue } from './get-queue.ts';
import { interruptPrompt } from './interrupt-prompt.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Stops a prompt wherever it is: out of the queue first, then an interrupt if it runs. In this order the prompt cannot
 * slip from waiting to running in between. Servers that predate interrupts by id stop whatever runs, hence the look at
 * the queue before.
 *
 * @returns true when the prompt was running and was told to stop.
 */
export async function cancelPrompt(client: ComfyClient, promptId: string, options: CallOptions = {}): Promise<boolean> {
  await deleteFromQueue(client, [promptId], options);
  const { running } = await getQueue(client, options);
  if (!running.some((item) => item.promptId === promptId)) return false;
  await interruptPrompt(client, promptId, options);
  return true;
}
