import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /object_info gives inputs, their order, outputs, name and category of every class. */
export const objectInfoDescribesEveryClass: ConformanceCheck = {
  id: 'object-info-describes-every-class',
  area: 'routes',
  statement: '/object_info gives inputs, their order, outputs, name and category of every class',
  async run(context) {
    const reply = await context.ask('/object_info');
    const described = z.looseObject({
      input: z.looseObject({}),
      input_order: z.looseObject({}),
      output: z.array(z.unknown()),
      output_is_list: z.array(z.boolean()),
      output_name: z.array(z.unknown()),
      name: z.string(),
      category: z.string(),
      output_node: z.boolean(),
    });
    const classes = reply.read(z.record(z.string(), described));
    const missing = ['EmptyImage', 'ImageInvert', 'ImageScale', 'LoadImage', 'PreviewImage', 'SaveImage'].filter(
      (name) => classes[name]?.name !== name,
    );
    return compare({ status: 200, missing: [] }, { status: reply.status, missing });
  },
};
