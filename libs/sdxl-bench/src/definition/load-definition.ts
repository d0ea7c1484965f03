import type { InputRef } from '@dgx-pixels/evidence';
import { BenchError } from '../errors.ts';
import { definitionSchema } from './definition.ts';
import type { Definition } from './definition.ts';
import { parseToml } from './parse-toml.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';

/** A definition and the file it came from. */
export interface LoadedDefinition {
  readonly definition: Definition;
  readonly file: InputRef;
}

/**
 * Reads a definition file of `bench/definitions`.
 *
 * @throws BenchError BENCH_DEFINITION_INVALID with every fault as `file:line: what`.
 */
export async function loadDefinition(workspaceRoot: string, path: string): Promise<LoadedDefinition> {
  const file = await readWorkspaceFile(workspaceRoot, path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BenchError('BENCH_DEFINITION_INVALID', `${path} cannot be read: ${reason}`, {
      details: { path },
      cause: error,
    });
  });
  const parsed = parseToml(path, file.text, definitionSchema);
  if (parsed.ok) return { definition: parsed.value, file: file.ref };
  const message = `${path} cannot be used:\n${parsed.faults.join('\n')}`;
  throw new BenchError('BENCH_DEFINITION_INVALID', message, { details: { path, faults: parsed.faults } });
}
