import { z } from 'zod';

const shift = z.number().int().min(-4096).max(4096);
const margin = z.number().int().min(0).max(4096);
const margins = { left: margin, top: margin, right: margin, bottom: margin };
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour as #rrggbb');

function differ(colours: readonly string[]): boolean {
  return new Set(colours).size === colours.length;
}

/** One pixel operation that can be undone. */
export const transformSchema = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('flip-horizontal') }),
  z.strictObject({ operation: z.literal('flip-vertical') }),
  z.strictObject({ operation: z.literal('rotate'), quarterTurns: z.literal([1, 2, 3]).describe('clockwise') }),
  z
    .strictObject({ operation: z.literal('shift'), x: shift, y: shift })
    .describe('into transparent margins; nothing is lost'),
  z
    .strictObject({ operation: z.literal('wrap-shift'), x: shift, y: shift })
    .describe('what leaves on one side comes in on the other'),
  z.strictObject({ operation: z.literal('pad'), ...margins }).describe('by transparent pixels'),
  z.strictObject({ operation: z.literal('crop'), ...margins }).describe('of transparent pixels'),
  z
    .strictObject({ operation: z.literal('fill-background'), colour })
    .describe('transparent pixels take a colour that the picture does not have'),
  z
    .strictObject({ operation: z.literal('clear-background'), colour })
    .describe('the opaque pixels of a colour become transparent, in a picture without transparency'),
  z.strictObject({
    operation: z.literal('swap-palette'),
    colours: z
      .array(z.tuple([colour, colour]))
      .min(1)
      .max(256)
      .refine((pairs) => differ(pairs.map(([from]) => from)), 'a colour can become one colour only')
      .refine((pairs) => differ(pairs.map(([, to]) => to)), 'two colours cannot become one')
      .describe('from, to'),
  }),
]);
/** One pixel operation that can be undone. */
export type Transform = z.infer<typeof transformSchema>;
/** Name of an operation. */
export type OperationName = Transform['operation'];
