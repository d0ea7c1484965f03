import { z } from 'zod';

const inputsSchema = z.record(z.string(), z.unknown());

/** `GET /object_info`. Loose: unknown members stay, so that a hash over the whole covers them. */
export const objectInfoSchema = z.record(
  z.string(),
  z.looseObject({
    input: z.looseObject({ required: inputsSchema.optional(), optional: inputsSchema.optional() }),
    output: z.array(z.unknown()),
    output_node: z.boolean().default(false),
  }),
);

/** Node class → its definition, with ComfyUI's own member names. */
export type ObjectInfo = z.infer<typeof objectInfoSchema>;
