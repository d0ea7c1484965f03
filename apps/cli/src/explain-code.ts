import { CliError } from './errors.ts';
import { errorRegistry } from './error-registry.ts';
import type { CommandResult } from './output/envelope.ts';

/** One error code's meaning and next command; without a code, the list of all. */
export function explain(code: string | undefined): CommandResult {
  if (code === undefined) {
    const text = [...errorRegistry].map(([name, { meaning }]) => `${name.padEnd(34)} ${meaning}`).join('\n');
    return { exitCode: 0, data: Object.fromEntries(errorRegistry), text };
  }
  const entry = errorRegistry.get(code.toUpperCase());
  if (!entry) throw new CliError('CLI_UNKNOWN_ERROR_CODE', `no error code "${code}"`);
  return {
    exitCode: 0,
    data: { code: code.toUpperCase(), ...entry },
    text: `${code.toUpperCase()}\n${entry.meaning}\nExit code ${entry.exitCode}`,
    next: [entry.hint],
  };
}
