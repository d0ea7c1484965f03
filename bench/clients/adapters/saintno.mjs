import { importPackage } from '../import-package.mjs';

/** @typedef {import('@dgx-pixels/comfy-client').WorkflowGraph} WorkflowGraph */

/**
 * @saintno/comfyui-sdk, as its README shows it: a prompt builder with an output node, and a call wrapper.
 *
 * @param {string} url
 * @param {string} modules
 */
export async function connect(url, modules) {
  const { CallWrapper, ComfyApi, PromptBuilder } = await importPackage(modules, '@saintno/comfyui-sdk');
  const api = new ComfyApi(url).init();
  await api.waitForReady();
  return (/** @type {WorkflowGraph} */ graph) =>
    new Promise((resolve, reject) => {
      const savers = Object.keys(graph).filter((id) => graph[id]?.class_type === 'SaveImage');
      const names = savers.map((id) => `images${id}`);
      const builder = names.reduce(
        (built, name, index) => built.setOutputNode(name, savers[index]),
        new PromptBuilder(graph, [], names),
      );
      new CallWrapper(api, builder)
        .onFinished((/** @type {Record<string, { images?: { filename: string }[] }>} */ data) =>
          resolve(names.flatMap((name) => (data[name]?.images ?? []).map((image) => image.filename))),
        )
        .onFailed(reject)
        .run()
        .then((/** @type {unknown} */ result) => result === false && reject(new Error('run() gave false')), reject);
    });
}
