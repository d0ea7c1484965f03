import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { lineOf, locateTomlKeys } from './locate-toml-keys.ts';

/** A value of the schema's type, or every fault as `path:line: what`. */
export type ParsedToml<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly string[] };

/** Parses a TOML text against a schema. `path` only appears in the faults. */
export function parseToml<Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
): ParsedToml<z.infer<Schema>> {
  let raw: unknown;
  try {
    raw = parse(text, { maxDepth: 20 });
  } catch (error) {
    return { ok: false, faults: [syntaxFault(path, error)] };
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  const lines = locateTomlKeys(text);
  const faults = parsed.error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
    return keys.map((key) => {
      const at = [...issue.path.map(String), ...(key === null ? [] : [key])];
      const what = key === null ? issue.message : 'is not a known key';
      return `${path}:${lineOf(lines, at)}: ${at.join('.')}: ${what}`;
    });
  });
  return { ok: false, faults };
}

function syntaxFault(path: string, error: unknown): string {
  if (!(error instanceof TomlError)) return `${path}:1: ${error instanceof Error ? error.message : String(error)}`;
  const firstLine = error.message.split('\n')[0] ?? 'malformed';
  return `${path}:${error.line}: ${firstLine.replace(/^Invalid TOML document: /, '')} (column ${error.column})`;
}
