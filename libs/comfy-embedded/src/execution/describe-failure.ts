import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { InputArgument } from '../nodes/define-node.ts';

const longestMessage = 2000;
const outOfMemory = /out of memory|bad_alloc|failed to allocate/i;

/** The name by which clients of ComfyUI recognise exhausted memory. */
export const outOfMemoryType = 'torch.OutOfMemoryError';

function exceptionType(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  if (outOfMemory.test(error.message)) return outOfMemoryType;
  return 'code' in error && typeof error.code === 'string' ? `${error.name}.${error.code}` : error.name;
}

function message(error: unknown): string {
  if (!(error instanceof Error)) return 'the node failed without an error';
  const hint = 'hint' in error && typeof error.hint === 'string' ? `\n${error.hint}` : '';
  return `${error.message}${hint}`.slice(0, longestMessage);
}

/** What `execution_error` says about a failed node. */
export interface Failure extends JsonObject {
  readonly exception_message: string;
  readonly exception_type: string;
  /** Empty: it would show paths of the host. */
  readonly traceback: readonly [];
  readonly current_inputs: JsonObject;
}

/** Describes what a node threw. */
export function describeFailure(error: unknown, inputs: ReadonlyMap<string, InputArgument>): Failure {
  const shown = [...inputs].map(([name, argument]): readonly [string, JsonValue] => [
    name,
    [argument.kind === 'widget' ? argument.json : argument.value.type],
  ]);
  return {
    exception_message: message(error),
    exception_type: exceptionType(error),
    traceback: [],
    current_inputs: Object.fromEntries(shown),
  };
}
