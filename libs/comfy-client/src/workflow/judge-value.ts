import type { WorkflowInput } from '../workflow-graph.ts';
import type { NodeClassInput } from './node-class.ts';

/** Why a widget would refuse a value, under the server's name for it. */
export interface ValueFault {
  readonly type: 'invalid_input_type' | 'value_smaller_than_min' | 'value_bigger_than_max' | 'value_not_in_list';
  readonly message: string;
}

type Value = Exclude<WorkflowInput, readonly WorkflowInput[]>;

const shownOptions = 5;

function asNumber(value: Value): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // Python reads "64" and " 1e3 " as numbers; an empty text is none.
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  return null;
}

function judgeNumber(value: Value, { name, min, max, kind }: NodeClassInput & { kind: 'int' | 'float' }): ValueFault[] {
  const number = asNumber(value);
  const isWhole = typeof number === 'bigint' || typeof value !== 'string' || Number.isInteger(number);
  if (number === null || Number.isNaN(Number(number)) || (kind === 'int' && !isWhole)) {
    return [{ type: 'invalid_input_type', message: `${name} takes ${kind === 'int' ? 'a whole number' : 'a number'}` }];
  }
  if (min !== null && number < min) return [{ type: 'value_smaller_than_min', message: `${name} is at least ${min}` }];
  // The largest seed, 2^64 − 1, is no double: a `max` read as one has been rounded up to 2^64.
  if (max !== null && number > max) return [{ type: 'value_bigger_than_max', message: `${name} is at most ${max}` }];
  return [];
}

function judgeChoice(value: Value, { name, options }: NodeClassInput & { kind: 'choice' }): ValueFault[] {
  if (options.some((option) => option === value)) return [];
  const shown = options.slice(0, shownOptions).map((option) => JSON.stringify(option));
  const rest = options.length > shownOptions ? `, … (${options.length} in all)` : '';
  const message =
    options.length === 0 ? `${name} has nothing to choose from` : `${name} is one of ${shown.join(', ')}${rest}`;
  return [{ type: 'value_not_in_list', message }];
}

/** What is wrong with a value for a widget, with the server's conversions: `"64"` is a number, `true` is 1. At most one fault. */
export function judgeValue(value: Value, input: NodeClassInput): readonly ValueFault[] {
  if (input.kind === 'choice') return judgeChoice(value, input);
  if (input.kind === 'int' || input.kind === 'float') return judgeNumber(value, { ...input, kind: input.kind });
  if (input.kind === 'link') return [{ type: 'invalid_input_type', message: `${input.name} takes a link` }];
  return [];
}
