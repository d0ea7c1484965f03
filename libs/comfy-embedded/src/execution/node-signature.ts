import { createHash } from 'node:crypto';
import type { ValidNode } from '../graph/validate-prompt.ts';
import { formatJson } from '../json/format-json.ts';
import type { JsonValue } from '../json/json-value.ts';

/**
 * The identity of each node's result: its class, its inputs and, through links, everything upstream, whatever the
 * nodes are called. Equal signatures mean equal results, as long as nodes are functions of their inputs.
 *
 * @param nodes - An acyclic graph, all links inside.
 * @returns SHA-256, hex, by node id.
 */
export function nodeSignatures(nodes: ReadonlyMap<string, ValidNode>): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>();
  function sign(node: ValidNode): string {
    const known = signatures.get(node.id);
    if (known !== undefined) return known;
    const inputs = Object.entries(node.inputs).map(([name, value]): readonly [string, JsonValue] => {
      const link = node.links.get(name);
      const source = link === undefined ? undefined : nodes.get(link.from);
      return link === undefined || source === undefined
        ? [name, { value }]
        : [name, { from: sign(source), slot: link.slot }];
    });
    const text = formatJson([node.nodeClass.classType, Object.fromEntries(inputs)], { sorted: true });
    const signature = createHash('sha256').update(text).digest('hex');
    signatures.set(node.id, signature);
    return signature;
  }
  for (const node of nodes.values()) sign(node);
  return signatures;
}
