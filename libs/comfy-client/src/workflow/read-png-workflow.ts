import { ComfyClientError } from '../errors.ts';
import { parseExactJson } from '../parse-lenient-json.ts';
import { parseWorkflowGraph, type WorkflowGraph } from '../workflow-graph.ts';
import { readPngTexts } from './read-png-texts.ts';

/**
 * The workflow that a picture was made with, out of the `prompt` text that ComfyUI writes into its PNGs. Seeds come back
 * to the last bit; a NaN, which Python writes as such, is null.
 *
 * @throws ComfyClientError COMFY_PICTURE_UNUSABLE when there is none; COMFY_GRAPH_INVALID when it is no graph in API format
 */
export function readPngWorkflow(bytes: Uint8Array): WorkflowGraph {
  const text = readPngTexts(bytes).get('prompt');
  if (text === undefined) throw unusable('it carries no workflow');
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    throw unusable('its workflow is no JSON', error);
  }
  return parseWorkflowGraph(value);
}

function unusable(reason: string, cause?: unknown): ComfyClientError {
  return new ComfyClientError('COMFY_PICTURE_UNUSABLE', `The picture cannot be replayed: ${reason}`, { cause });
}
