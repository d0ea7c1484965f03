import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeSignatures, type SignedNode } from './node-signature.ts';

type Nodes = ReadonlyMap<string, SignedNode>;

function node(
  classType: string,
  inputs: SignedNode['inputs'],
  fingerprint: SignedNode['fingerprint'] = false,
): SignedNode {
  return { classType, inputs, fingerprint };
}

/** ComfyUI's key of a node as its rule reads: the node and all its ancestors, numbered depth first. */
function plainKey(nodes: Nodes, id: string): string {
  const numbers = new Map<string, number>();
  const links = (of: string): (readonly [string, readonly [string, number]])[] =>
    Object.entries(nodes.get(of)?.inputs ?? {})
      .filter(([, value]) => Array.isArray(value))
      .map(([name, value]) => [name, value as readonly [string, number]] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1));
  const number = (of: string): void => {
    for (const [, [from]] of links(of)) {
      if (numbers.has(from)) continue;
      numbers.set(from, numbers.size);
      number(from);
    }
  };
  number(id);
  const describeNode = (of: string): unknown => {
    const { classType, fingerprint, inputs } = nodes.get(of) ?? node('', {});
    const values = Object.entries(inputs ?? {}).filter(([, value]) => !Array.isArray(value));
    const ancestors = links(of).map(([name, [from, slot]]) => [name, numbers.get(from), slot]);
    return [classType, fingerprint, values.sort(), ancestors];
  };
  return JSON.stringify([id, ...numbers.keys()].map(describeNode));
}

/** Acyclic graphs of few classes and values, so that equal nodes and shared nodes are common. */
const graphs = fc
  .array(
    fc.record({
      classType: fc.constantFrom('A', 'B'),
      value: fc.integer({ min: 0, max: 1 }),
      sources: fc.array(fc.tuple(fc.nat(), fc.nat(1)), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((drawn): Nodes => {
    const nodes = new Map<string, SignedNode>();
    for (const [index, { classType, value, sources }] of drawn.entries()) {
      const links = sources.map(([from, slot], place) => [`in${place}`, [`n${from % index}`, slot]] as const);
      const inputs = index === 0 ? { value } : { value, ...Object.fromEntries(links) };
      nodes.set(`n${index}`, node(classType, inputs));
    }
    return nodes;
  });

describe('nodeSignatures', () => {
  it('are equal exactly where ComfyUI’s keys are, within a prompt and between two', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, graphs, async (left, right) => {
        const keyOf = new Map<string, string>();
        const signatureOf = new Map<string, string>();
        for (const nodes of [left, right]) {
          const signatures = await nodeSignatures(nodes);
          for (const id of nodes.keys()) {
            const [key, signature] = [plainKey(nodes, id), signatures.get(id) ?? ''];
            expect(signatureOf.get(key) ?? signature).toBe(signature);
            expect(keyOf.get(signature) ?? key).toBe(key);
            signatureOf.set(key, signature);
            keyOf.set(signature, key);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on what nodes are called, nor on the order of inputs', async () => {
    const left = await nodeSignatures(
      new Map([
        ['a', node('A', { x: 1, y: 2 })],
        ['b', node('B', { from: ['a', 0] })],
      ]),
    );
    const right = await nodeSignatures(
      new Map([
        ['2', node('B', { from: ['1', 0] })],
        ['1', node('A', { y: 2, x: 1 })],
      ]),
    );
    expect(right.get('2')).toBe(left.get('b'));
  });

  it('tell one node used twice from two equal nodes', async () => {
    const a = node('A', {});
    const once = await nodeSignatures(
      new Map([
        ['a', a],
        ['b', node('B', { x: ['a', 0], y: ['a', 0] })],
      ]),
    );
    const twice = await nodeSignatures(
      new Map([
        ['a', a],
        ['c', a],
        ['b', node('B', { x: ['a', 0], y: ['c', 0] })],
      ]),
    );
    expect(twice.get('a')).toBe(once.get('a'));
    expect(twice.get('b')).not.toBe(once.get('b'));
  });

  it('tell integers beyond double precision apart', async () => {
    const of = async (seed: bigint): Promise<string | undefined> =>
      (await nodeSignatures(new Map([['a', node('A', { seed })]]))).get('a');
    expect(await of(18_446_744_073_709_551_615n)).not.toBe(await of(18_446_744_073_709_551_614n));
  });

  it('of nodes that link to nothing, or in a circle, are never the same twice', async () => {
    const nodes = new Map([
      ['lost', node('A', { x: ['absent', 0] })],
      ['round', node('A', { x: ['about', 0] })],
      ['about', node('A', { x: ['round', 0] })],
      ['bare', node('A', null)],
    ]);
    const [first, second] = [await nodeSignatures(nodes), await nodeSignatures(nodes)];
    for (const id of nodes.keys()) expect(second.get(id)).not.toBe(first.get(id));
  });

  it('take a chain of 5000 nodes, whose fingerprints count', async () => {
    const chain = (fingerprint: string): Nodes =>
      new Map(
        Array.from({ length: 5000 }, (_none, index) => {
          const inputs = index === 0 ? {} : { from: [`n${index - 1}`, 0] };
          return [`n${index}`, node('A', inputs, index === 0 ? fingerprint : false)] as const;
        }),
      );
    const [one, two] = [await nodeSignatures(chain('one')), await nodeSignatures(chain('two'))];
    expect(one.get('n4999')).not.toBe(two.get('n4999'));
    expect(new Set(one.values()).size).toBe(5000);
  });
});
