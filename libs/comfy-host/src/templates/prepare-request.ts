import { applyParameters, defaultParameters, expectedTemplateOutput, uploadImage } from '@dgx-pixels/comfy-client';
import type { ComfyClient, ExpectedOutput, ParameterValues, WorkflowGraph } from '@dgx-pixels/comfy-client';
import type { LoadedTemplate } from './load-template.ts';

/** A request made from a template: what is sent, and what has to come back. */
export interface TemplateRequest {
  readonly template: string;
  /** Every parameter. */
  readonly values: ParameterValues;
  readonly graph: WorkflowGraph;
  readonly expected: ExpectedOutput;
}

/** Fills a template in; nothing is sent. @throws ComfyClientError COMFY_PARAMETER_INVALID */
export function fillTemplate({ name, template }: LoadedTemplate, values: ParameterValues): TemplateRequest {
  const all = { ...defaultParameters(template), ...values };
  const graph = applyParameters(template, all);
  return { template: name, values: all, graph, expected: expectedTemplateOutput(template.output, all) };
}

/** The checkpoint to ask for: the template's own where the server has it, else the server's first. */
export function availableCheckpoint({ template }: LoadedTemplate, checkpoints: readonly string[]): ParameterValues {
  const own = defaultParameters(template)['checkpoint'];
  const [first] = checkpoints;
  if (own === undefined || first === undefined || checkpoints.some((name) => name === own)) return {};
  return { checkpoint: first };
}

/**
 * Uploads the template's fixture pictures that the request uses, and gives them the names that the server chose.
 *
 * @throws ComfyClientError when the server cannot be reached or takes no upload
 */
export async function uploadFixtures(
  client: ComfyClient,
  loaded: LoadedTemplate,
  values: ParameterValues,
  signal?: AbortSignal,
): Promise<ParameterValues> {
  const uploaded: Record<string, string> = {};
  const defaults = defaultParameters(loaded.template);
  for (const { parameter, kind, name, bytes } of loaded.fixtures) {
    if (kind !== 'image' || (values[parameter] ?? defaults[parameter]) !== name) continue;
    const stored = await uploadImage(client, { filename: name, bytes: Uint8Array.from(bytes) }, { signal });
    uploaded[parameter] = stored.subfolder === '' ? stored.name : `${stored.subfolder}/${stored.name}`;
  }
  return { ...values, ...uploaded };
}
