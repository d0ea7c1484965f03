import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { generateNodeTypes } from '@dgx-pixels/comfy-client';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';
import { readObjectInfo } from './read-object-info.ts';
import { replaceFile } from './replace-file.ts';

export interface ComfyTypesOptions {
  readonly from?: string;
  readonly output?: string;
}

/** Writes a TypeScript module of a server's node classes, or shows it. */
export async function comfyTypes(context: CommandContext, options: ComfyTypesOptions): Promise<CommandResult> {
  context.progress.update('reading the node classes');
  const { objectInfo, source } = await readObjectInfo(context, options.from);
  const module = generateNodeTypes(objectInfo, source);
  const facts = {
    source,
    classes: Object.keys(objectInfo).length,
    sha256: createHash('sha256').update(module).digest('hex'),
  };
  if (options.output === undefined) {
    return { exitCode: exitCodes.done, data: { ...facts, module }, text: module.trimEnd() };
  }
  const file = resolve(context.workingDirectory, options.output);
  await replaceFile(file, module);
  const text = `${file}: ${facts.classes} node classes of ${source}`;
  return { exitCode: exitCodes.done, data: { ...facts, file }, text };
}
