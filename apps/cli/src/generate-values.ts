import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ParameterValues, readParameterValues, uploadImage } from '@dgx-pixels/comfy-client';
import type { EngineHandle, LoadedTemplate } from '@dgx-pixels/comfy-host';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { readInputFile } from './read-input-file.ts';

/** Values for a template, and the files of this machine that some of them are. */
export interface RequestedValues {
  /** Files stand in them under their own names. */
  readonly values: ParameterValues;
  /** Parameter → picture to upload. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Adapters that an embedded engine has to offer. */
  readonly adapters: readonly string[];
}

/**
 * Reads values as people give them. A picture or an adapter may be the path of a file, else it is a name on the server.
 *
 * @throws ComfyClientError COMFY_PARAMETER_INVALID
 */
export async function readRequestedValues(
  { template }: LoadedTemplate,
  given: Readonly<Record<string, unknown>>,
  workingDirectory: string,
): Promise<RequestedValues> {
  const read = readParameterValues(template.parameters, given);
  const values: Record<string, ParameterValues[string]> = { ...read };
  const pictures = new Map<string, string>();
  const adapters: string[] = [];
  for (const [name, value] of Object.entries(read)) {
    const definition = template.parameters.get(name);
    const isPicture = definition?.type === 'image';
    if (!isPicture && !(definition?.type === 'model' && definition.folder === 'loras')) continue;
    const path = resolve(workingDirectory, String(value));
    if (!(await isFile(path))) continue;
    values[name] = basename(path);
    if (isPicture) pictures.set(name, path);
    else adapters.push(path);
  }
  return { values, pictures, adapters };
}

/** Puts the pictures on the server. @returns the values with the names that the server gave them */
export async function uploadPictures(
  context: CommandContext,
  engine: EngineHandle,
  { values, pictures }: RequestedValues,
): Promise<ParameterValues> {
  const named: Record<string, ParameterValues[string]> = { ...values };
  for (const [parameter, path] of pictures) {
    const bytes = Uint8Array.from(await readInputFile(context, path));
    const { name } = await uploadImage(engine.client, { filename: basename(path), bytes }, { signal: context.signal });
    named[parameter] = name;
  }
  return named;
}

/** Reads `name=value` arguments; the last of several with one name counts. @throws CliError CLI_USAGE */
export function readAssignments(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new CliError('CLI_USAGE', `--set ${JSON.stringify(text.slice(0, 80))} is not name=value`);
    }),
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}
