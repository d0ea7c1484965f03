import { expect, it } from 'vitest';

import { createWorkflowBuilder, type Link } from './workflow-builder.ts';

type Nodes = {
  readonly EmptyImage: {
    readonly inputs: { readonly width: number; readonly color: number | bigint };
    readonly outputs: readonly ['IMAGE'];
  };
  readonly PreviewImage: { readonly inputs: { readonly images: Link<'IMAGE'> }; readonly outputs: readonly [] };
};
const open = () => createWorkflowBuilder<Nodes>();

it('builds the graph that the server takes', () => {
  const flow = open();
  const image = flow.add('EmptyImage', { width: 16, color: 2n ** 60n });
  flow.add('PreviewImage', { images: image.output(0) }, 'Show');
  expect(flow.build()).toEqual({
    '1': { class_type: 'EmptyImage', inputs: { width: 16, color: 2n ** 60n } },
    '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] }, _meta: { title: 'Show' } },
  });
});

it('refuses to build nothing, and values that JSON cannot carry', () => {
  expect(() => open().build()).toThrow(expect.objectContaining({ code: 'COMFY_GRAPH_INVALID' }));
  const flow = open();
  flow.add('EmptyImage', { width: Number.NaN, color: 0 });
  expect(() => flow.build()).toThrow('NaN at /1/inputs/width');
});
