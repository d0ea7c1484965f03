import { z } from 'zod';

import { ComfyClientError } from '../errors.ts';

/** A JSON pointer (RFC 6901), of the form `/<node>/inputs/<name>` if it is to lead to an input. */
const pointer = z.string().regex(/^(\/[^/]+)+$/, 'must be a JSON pointer /<node>/inputs/<name>');
/** A file of the workspace that a run can use until the user has a better one. */
const fixture = z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[\w./-]+$/, 'must be a path inside the workspace');

const common = {
  inputs: z.array(pointer).min(1).max(64),
  description: z.string().min(1).max(200),
};

/** What a template says of one parameter. Its default is what the workflow holds at every pointer. */
export const templateParameterSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('integer'),
    ...common,
    min: z.int(),
    max: z.int(),
    multipleOf: z.int().min(1).default(1),
    unit: z.string().max(20).optional(),
  }),
  z.strictObject({ type: z.literal('number'), ...common, min: z.number(), max: z.number() }),
  z.strictObject({ type: z.literal('text'), ...common, maxLength: z.int().min(1).max(10_000).default(4000) }),
  /** One of the server's own choices, such as its samplers, unless the template names them. */
  z.strictObject({ type: z.literal('choice'), ...common, options: z.array(z.string().min(1)).min(1).optional() }),
  /** The name of a file in one of the server's model folders. */
  z.strictObject({ type: z.literal('model'), ...common, folder: z.string().min(1), fixture: fixture.optional() }),
  /** The name of a picture in the server's input folder. */
  z.strictObject({ type: z.literal('image'), ...common, fixture: fixture.optional() }),
  z.strictObject({ type: z.literal('seed'), ...common }),
]);

/** What a template says of one parameter. */
export type TemplateParameter = z.infer<typeof templateParameterSchema>;

/** A value as a workflow holds it; a `bigint` for seeds that no `number` holds exactly. */
export type ParameterValue = string | number | bigint;

/** Values by the names that the template gives to its parameters. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

const largestSeed = 2n ** 64n - 1n;
const wholeNumber = /^-?\d{1,20}$/;
const decimalNumber = /^-?\d{1,15}(?:\.\d{1,15})?$/;

type Judged = { readonly value: ParameterValue } | { readonly fault: string };

function judgeSeed(value: unknown): Judged {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const seed = isWhole || (typeof value === 'string' && wholeNumber.test(value)) ? BigInt(value) : -1n;
  if (seed < 0n || seed > largestSeed) return { fault: `a whole number from 0 to ${largestSeed.toString()}` };
  return { value: seed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seed) : seed };
}

function judgeNumber(definition: Extract<TemplateParameter, { type: 'integer' | 'number' }>, given: unknown): Judged {
  const { min, max } = definition;
  const isWhole = definition.type === 'integer';
  const text = isWhole ? wholeNumber : decimalNumber;
  const value = typeof given === 'string' && text.test(given) ? Number(given) : given;
  const step = isWhole ? definition.multipleOf : 0;
  const kind = isWhole ? (step === 1 ? 'a whole number' : `a multiple of ${step}`) : 'a number';
  const fits = typeof value === 'number' && value >= min && value <= max && (!isWhole || value % step === 0);
  return fits ? { value } : { fault: `${kind} from ${min} to ${max}` };
}

function judgeText(definition: TemplateParameter, value: unknown): Judged {
  if (definition.type === 'choice' && definition.options !== undefined) {
    const { options } = definition;
    return typeof value === 'string' && options.includes(value) ? { value } : { fault: `one of ${options.join(', ')}` };
  }
  const [least, most] = definition.type === 'text' ? [0, definition.maxLength] : [1, 400];
  const fits = typeof value === 'string' && value.length >= least && value.length <= most;
  return fits ? { value } : { fault: `a text of ${least} to ${most} characters` };
}

/** Whether a parameter may have a value; digits in a text count as the number they write. */
export function judgeParameter(definition: TemplateParameter, value: unknown): Judged {
  if (definition.type === 'seed') return judgeSeed(value);
  if (definition.type === 'integer' || definition.type === 'number') return judgeNumber(definition, value);
  return judgeText(definition, value);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/**
 * Reads values that people or files give for a template's parameters.
 *
 * @throws ComfyClientError COMFY_PARAMETER_INVALID naming every unknown name, with those that are known, and every value
 * outside its range
 */
export function readParameterValues(
  parameters: ReadonlyMap<string, TemplateParameter>,
  given: Readonly<Record<string, unknown>>,
): ParameterValues {
  const faults: string[] = [];
  const values: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const definition = parameters.get(name);
    if (definition === undefined) {
      faults.push(`there is no parameter ${shown(name)} (known: ${[...parameters.keys()].join(', ')})`);
      continue;
    }
    const judged = judgeParameter(definition, value);
    if ('fault' in judged) faults.push(`${name} is ${shown(value)}, expected ${judged.fault}`);
    else values[name] = judged.value;
  }
  if (faults.length === 0) return values;
  throw new ComfyClientError('COMFY_PARAMETER_INVALID', faults.join('; '), { details: { faults } });
}
