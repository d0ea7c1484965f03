import { importPackage } from '../import-package.mjs';

/**
 * @stable-canvas/comfyui-client, as its README shows it: connect, then enqueue.
 *
 * @param {string} url
 * @param {string} modules
 */
export async function connect(url, modules) {
  const { Client } = await importPackage(modules, '@stable-canvas/comfyui-client');
  const client = new Client({
    api_host: new URL(url).host,
    WebSocket: globalThis.WebSocket ?? (await socketClass()),
    fetch,
  });
  await client.connect();
  return async (/** @type {import('@dgx-pixels/comfy-client').WorkflowGraph} */ graph) => {
    const { images } = await client.enqueue(graph);
    return images.map(
      (/** @type {{ data: string }} */ image) => new URL(image.data).searchParams.get('filename') ?? '',
    );
  };
}

/** Node 20 has no WebSocket of its own. */
async function socketClass() {
  return (await import('ws')).WebSocket;
}
