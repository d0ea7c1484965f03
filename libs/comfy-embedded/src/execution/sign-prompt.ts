import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PromptGraph } from '../graph/prompt-graph.ts';
import { isLinkLike } from '../graph/prompt-graph.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { CachedPrompt } from './result-cache.ts';
import { nodeSignatures, type SignedNode, sortedLinks } from './node-signature.ts';

const nodesPerTurn = 250;

/** Asks each node's class what decides its result besides the inputs. */
async function signedNodes(graph: PromptGraph): Promise<ReadonlyMap<string, SignedNode>> {
  const nodes = new Map<string, SignedNode>();
  for (const { id, nodeClass, inputs } of graph.values()) {
    if (nodes.size % nodesPerTurn === nodesPerTurn - 1) await nextTurn();
    const widgets = Object.entries(inputs ?? {}).filter(([, value]) => !isLinkLike(value));
    // As ComfyUI: what cannot be told is taken for changed.
    const fingerprint: JsonValue = await nodeClass.fingerprint(new Map(widgets)).catch(() => randomUUID());
    const own = nodeClass.isIdempotent ? fingerprint : [fingerprint, id];
    nodes.set(id, { classType: nodeClass.classType, inputs, fingerprint: own });
  }
  return nodes;
}

/** A prompt as the result cache sees it. */
export async function signPrompt(graph: PromptGraph): Promise<CachedPrompt> {
  const nodes = await signedNodes(graph);
  const sources = new Map([...nodes].map(([id, node]) => [id, sortedLinks(node).map(({ from }) => from)] as const));
  return { signatures: await nodeSignatures(nodes), sources };
}
