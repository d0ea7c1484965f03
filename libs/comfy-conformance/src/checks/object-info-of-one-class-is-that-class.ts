import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /object_info/{class} is an object with that class only. */
export const objectInfoOfOneClassIsThatClass: ConformanceCheck = {
  id: 'object-info-of-one-class-is-that-class',
  area: 'routes',
  statement: '/object_info/{class} is an object with that class only',
  async run(context) {
    const reply = await context.ask('/object_info/EmptyImage');
    const classes = reply.read(
      z.record(
        z.string(),
        z.looseObject({
          output: z.array(z.string()),
          output_node: z.boolean(),
          input_order: z.looseObject({ required: z.array(z.string()) }),
        }),
      ),
    );
    const described = classes['EmptyImage'];
    const seen = {
      names: Object.keys(classes),
      output: described?.output,
      isOutput: described?.output_node,
      inputs: described?.input_order.required,
    };
    return compare(
      { names: ['EmptyImage'], output: ['IMAGE'], isOutput: false, inputs: ['width', 'height', 'batch_size', 'color'] },
      seen,
    );
  },
};
