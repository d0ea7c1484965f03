import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseExactJson } from '@dgx-pixels/comfy-client';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';

/** More than any workflow, `object_info` or picture of a server here. */
const maxBytes = 64 * 2 ** 20;

/**
 * The bytes of a file that the user named.
 *
 * @throws CliError CLI_INPUT_UNREADABLE, also for folders, devices and files over 64 MiB
 */
export async function readInputFile({ workingDirectory }: CommandContext, path: string): Promise<Buffer> {
  try {
    const file = await open(resolve(workingDirectory, path), 'r');
    try {
      const found = await file.stat();
      if (!found.isFile()) throw new Error('it is no regular file');
      if (found.size > maxBytes) throw new Error(`it has ${found.size} bytes, ${maxBytes} are read`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_INPUT_UNREADABLE', `cannot read ${path}: ${reason}`, { cause, details: { path } });
  }
}

/** Reads a JSON file; integers that no `number` holds become `bigint`s. @throws CliError CLI_INPUT_UNREADABLE */
export async function readInputJson(context: CommandContext, path: string): Promise<unknown> {
  const bytes = await readInputFile(context, path);
  try {
    return parseExactJson(bytes.toString('utf8'));
  } catch (cause) {
    throw new CliError('CLI_INPUT_UNREADABLE', `${path} is no JSON`, { cause, details: { path } });
  }
}
