import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isLinkLike, type Link } from '../graph/prompt-graph.ts';
import { formatJson } from '../json/format-json.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/** What of a node decides its result. */
export interface SignedNode {
  readonly classType: string;
  /** Values and links as the prompt has them after conversion; null if the node has none. */
  readonly inputs: JsonObject | null;
  /** What the class says of things outside the prompt, such as the digest of a file; false if it says nothing. */
  readonly fingerprint: JsonValue;
}

type Nodes = ReadonlyMap<string, SignedNode>;

const nodesPerTurn = 250;
const visitsPerTurn = 20_000;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function asLink(value: JsonValue): Link | undefined {
  if (!isLinkLike(value) || value.length !== 2) return undefined;
  const [from, slot] = value;
  return typeof from === 'string' && typeof slot === 'number' ? { from, slot } : undefined;
}

/** The links of a node in the order of their inputs' names. */
export function sortedLinks({ inputs }: SignedNode): readonly Link[] {
  return Object.entries(inputs ?? {})
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, value]) => asLink(value) ?? []);
}

/** Ids such that each comes after those it links to; those on a cycle come anywhere. */
function sourcesFirst(links: ReadonlyMap<string, readonly Link[]>): readonly string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  for (const start of links.keys()) {
    const open = [start];
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      const fresh = seen.has(id) ? [] : (links.get(id) ?? []).map(({ from }) => from).filter((from) => !seen.has(from));
      seen.add(id);
      if (fresh.length > 0) {
        open.push(...fresh);
        continue;
      }
      open.pop();
      if (links.has(id)) order.add(id);
    }
  }
  return [...order];
}

/** The identity of each node's ancestry seen as a tree: class, fingerprint, values, and the sources' identities. */
async function treeSignatures(
  nodes: Nodes,
  links: ReadonlyMap<string, readonly Link[]>,
): Promise<ReadonlyMap<string, string>> {
  const signatures = new Map<string, string>();
  for (const id of sourcesFirst(links)) {
    if (signatures.size % nodesPerTurn === nodesPerTurn - 1) await nextTurn();
    const node = nodes.get(id);
    // A source that is missing or part of a cycle makes a node like no other.
    const sources = (links.get(id) ?? []).map(
      ({ from, slot }) => [signatures.get(from) ?? randomUUID(), slot] as const,
    );
    const values = Object.entries(node?.inputs ?? { none: randomUUID() }).map(
      ([name, value]) => [name, asLink(value) === undefined ? { value } : 'link'] as const,
    );
    const own = [node?.classType ?? '', node?.fingerprint ?? false, Object.fromEntries(values), sources];
    signatures.set(id, digest(formatJson(own, { sorted: true })));
  }
  return signatures;
}

/** A node's ancestors, numbered as ComfyUI does: depth first, along inputs in the order of their names. */
function numberAncestors(id: string, links: ReadonlyMap<string, readonly Link[]>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const open = [...(links.get(id) ?? [])].reverse();
  for (let link = open.pop(); link !== undefined; link = open.pop()) {
    if (numbers.has(link.from)) continue;
    numbers.set(link.from, numbers.size);
    open.push(...[...(links.get(link.from) ?? [])].reverse());
  }
  return numbers;
}

/**
 * The identity of each node's result by the rules of ComfyUI's cache: its class, its inputs, and the graph upstream of
 * it, whatever the nodes are called. Two equal nodes upstream are not the same as one node that is used twice.
 *
 * Trees tell graphs apart unless two ancestors of a node have equal trees. Only below such twins the ancestors are
 * numbered, which takes quadratic time; the event loop turns meanwhile.
 *
 * @returns SHA-256, hex, by node id.
 */
export async function nodeSignatures(nodes: Nodes): Promise<ReadonlyMap<string, string>> {
  const links = new Map([...nodes].map(([id, node]) => [id, sortedLinks(node)] as const));
  const trees = await treeSignatures(nodes, links);
  const seen = new Map<string, string>();
  const belowTwins = new Set<string>();
  for (const [id, tree] of trees) {
    const twin = seen.get(tree);
    if (twin !== undefined) belowTwins.add(id).add(twin);
    seen.set(tree, id);
  }
  const signatures = new Map(trees);
  let visits = 0;
  for (const id of trees.keys()) {
    const sources = links.get(id) ?? [];
    if (!sources.some(({ from }) => belowTwins.has(from))) continue;
    belowTwins.add(id);
    const numbers = numberAncestors(id, links);
    visits += numbers.size;
    if (visits >= visitsPerTurn) {
      visits = 0;
      await nextTurn();
    }
    const distinct = new Set([...numbers.keys()].map((ancestor) => trees.get(ancestor)));
    if (distinct.size === numbers.size) continue;
    const shape = [id, ...numbers.keys()].map((node) => (links.get(node) ?? []).map(({ from }) => numbers.get(from)));
    signatures.set(id, digest(`${trees.get(id) ?? ''}${JSON.stringify(shape)}`));
  }
  return signatures;
}
