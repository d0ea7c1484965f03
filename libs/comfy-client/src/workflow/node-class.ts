import { z } from 'zod';

import type { ObjectInfo } from '../schema/object-info.ts';

/** What a node's input takes. Widgets can also be fed by a link. */
type InputKind =
  | { readonly kind: 'link' }
  | { readonly kind: 'int' | 'float'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'string' | 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number | boolean)[] };

/** An input of a node class. */
export type NodeClassInput = InputKind & {
  readonly name: string;
  /** ComfyUI's type name, for links of that type: `MODEL`, `INT`, `COMBO`, … several joined with commas, `*` for any. */
  readonly type: string;
  readonly isRequired: boolean;
  /** The declared default; undefined if there is none. */
  readonly fallback: unknown;
};

/** A node class as an `object_info` declares it. */
export interface NodeClass {
  readonly inputs: readonly NodeClassInput[];
  /** Type names of its results. */
  readonly outputs: readonly string[];
  /** Runs without a consumer, as nodes that save do. */
  readonly isOutput: boolean;
}

const optionsSchema = z.looseObject({
  min: z.number().optional().catch(undefined),
  max: z.number().optional().catch(undefined),
  options: z.array(z.unknown()).optional().catch(undefined),
  forceInput: z.boolean().optional().catch(undefined),
  default: z.unknown().optional(),
});
const declarationSchema = z.tuple([z.union([z.string(), z.array(z.unknown())])], z.unknown());
const choiceSchema = z.union([z.string(), z.number(), z.boolean()]);

function kindOf(type: string | readonly unknown[], options: z.infer<typeof optionsSchema>): InputKind {
  if (options.forceInput === true) return { kind: 'link' };
  const choices = typeof type === 'string' ? options.options : type;
  if (typeof type !== 'string' || type === 'COMBO') {
    return { kind: 'choice', options: (choices ?? []).flatMap((choice) => choiceSchema.safeParse(choice).data ?? []) };
  }
  const [min, max] = [options.min ?? null, options.max ?? null];
  if (type === 'INT') return { kind: 'int', min, max };
  if (type === 'FLOAT') return { kind: 'float', min, max };
  if (type === 'STRING') return { kind: 'string' };
  return type === 'BOOLEAN' ? { kind: 'boolean' } : { kind: 'link' };
}

function readInput(name: string, declaration: unknown, isRequired: boolean): NodeClassInput {
  const parsed = declarationSchema.safeParse(declaration);
  // What a later version may declare is taken as a link of any type: better unjudged than misjudged.
  if (!parsed.success) return { name, type: '*', isRequired, fallback: undefined, kind: 'link' };
  const [type, given] = parsed.data;
  const options = optionsSchema.safeParse(given).data ?? {};
  const typeName = typeof type === 'string' ? type : 'COMBO';
  return { name, type: typeName, isRequired, fallback: options.default, ...kindOf(type, options) };
}

/** Reads one class of an `object_info`. Inputs in their declared order, required ones first. */
export function readNodeClass({ input, output, output_node: isOutput }: ObjectInfo[string]): NodeClass {
  return {
    inputs: [
      ...Object.entries(input.required ?? {}).map(([name, declaration]) => readInput(name, declaration, true)),
      ...Object.entries(input.optional ?? {}).map(([name, declaration]) => readInput(name, declaration, false)),
    ],
    // Choices that a node gives out are declared by their options; such an output fits a COMBO input.
    outputs: output.map((type) => (typeof type === 'string' ? type : 'COMBO')),
    isOutput,
  };
}
