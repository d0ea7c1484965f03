import { createComfyClient, runWorkflow } from '@dgx-pixels/comfy-client';

/**
 * The client of this repository, as its README shows it.
 *
 * @param {string} url
 */
export async function connect(url) {
  const client = createComfyClient({ url });
  return async (/** @type {import('@dgx-pixels/comfy-client').WorkflowGraph} */ graph) => {
    const job = await runWorkflow(client, graph);
    if (job.status !== 'succeeded') throw new Error(JSON.stringify(job));
    return job.images.map((image) => image.filename);
  };
}
