import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { CliError } from '../errors.ts';

const recipeSchema = z.strictObject({
  schema: z.literal('dgx-pixels/dataset-recipe/v1'),
  title: z.string().min(1).max(120),
  description: z.string().max(2000),
  trigger: z.string().min(1).max(40),
  palette: z
    .array(z.string().regex(/^#[0-9a-f]{6}$/))
    .min(1)
    .max(256)
    .optional(),
  held_out: z.union([z.literal(5), z.literal(10)]),
  published: z.preprocess((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), z.iso.date()),
  source: z.strictObject({
    package: z.string().min(1).max(214),
    version: z.string().min(1).max(40),
    integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'must be sha512-…, as in a lock file'),
    options: z.record(z.string(), z.string()).default({}),
    pictures: z.array(z.string().min(1).max(200)).min(1).max(10_000),
  }),
  captions: z
    .strictObject({
      name_colours: z.boolean().default(true),
      subjects: z.record(z.string(), z.string().min(1).max(200)).default({}),
    })
    .default({ name_colours: true, subjects: {} }),
});
/** How a dataset is built: one npm package, the pictures to take of it, what they are. */
export type DatasetRecipe = z.infer<typeof recipeSchema>;

/** Reads a recipe. @throws CliError CLI_INPUT_UNREADABLE, naming every fault */
export async function readRecipe(path: string): Promise<DatasetRecipe> {
  let value: unknown;
  try {
    value = parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new CliError('CLI_INPUT_UNREADABLE', `${path}: ${reason}`, { cause });
  }
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  throw new CliError('CLI_INPUT_UNREADABLE', `${path}: ${faults.join('; ')}`, { details: { faults } });
}
