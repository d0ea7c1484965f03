import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { WorkflowGraph } from '../workflow-graph.ts';
import { workflowFingerprint } from './workflow-fingerprint.ts';

const graph: WorkflowGraph = {
  '1': { class_type: 'EmptyImage', inputs: { width: 16, height: 16, batch_size: 1, color: 0 } },
  '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
};

it('does not depend on titles, on orders or on the type of an integer', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(graph), { minLength: 2 }), fc.string(), (nodes, title) => {
      const other = Object.fromEntries(
        nodes.map(([id, { class_type, inputs }]) => [
          id,
          {
            _meta: { title },
            inputs: Object.fromEntries(
              Object.entries(inputs)
                .reverse()
                .map(([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value]),
            ),
            class_type,
          },
        ]),
      );
      expect(workflowFingerprint(other)).toBe(workflowFingerprint(graph));
    }),
  );
});

it('changes with every value, class and id', () => {
  const [image, preview] = [graph['1']!, graph['2']!];
  const others: WorkflowGraph[] = [
    { ...graph, '1': { ...image, inputs: { ...image.inputs, color: 1 } } },
    { ...graph, '1': { ...image, class_type: 'EmptyLatentImage' } },
    { '01': image, '2': preview },
    { '1': image },
  ];
  expect(new Set([graph, ...others].map(workflowFingerprint)).size).toBe(5);
});
