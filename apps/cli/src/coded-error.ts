import { z } from 'zod';
import { CliError } from './errors.ts';
import { errorRegistry } from './error-registry.ts';

const coded = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});

/** An error as the user is told of it. */
export interface CodedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly exitCode: number;
}

/** Finds the registered code of anything thrown; what has none is an internal failure and keeps its message. */
export function toCodedError(thrown: unknown): CodedError {
  const parsed = coded.safeParse(thrown);
  const entry = parsed.success ? errorRegistry.get(parsed.data.code) : undefined;
  if (parsed.success && entry) return { ...parsed.data, exitCode: entry.exitCode };
  return toCodedError(
    new CliError('CLI_INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown }),
  );
}
