import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeTemplateRun, type EngineHandle, engineInfoOf, type LoadedTemplate } from '@dgx-pixels/comfy-host';
import { recordTemplateRun, type TemplateRun } from '@dgx-pixels/comfy-host';
import { collectToolInfo, type TemplateRunRecord, writeFileAtomically } from '@dgx-pixels/evidence';
import { readFingerprint } from '@dgx-pixels/host-telemetry';
import { chooseProfile } from './choose-profile.ts';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';

/** What a run left on disk. */
export interface WrittenRun {
  readonly record: TemplateRunRecord;
  /** Absolute; appeared whole. */
  readonly folder: string;
  /** Finished pictures, then the sheet. Absolute. */
  readonly files: readonly string[];
}

/** Name of the record in a run's folder. */
export const recordFileName = 'record.json';

/**
 * Writes a run's finished pictures, what the server sent (`received/`) and the record into a new folder
 * `<template>-<record id>` of the output folder. File names are ours, never the server's. The folder is whole or absent.
 *
 * @throws CliError CLI_OUTPUT_UNWRITABLE
 */
export async function writeRunFolder(
  context: CommandContext,
  outputFolder: string,
  loaded: LoadedTemplate,
  run: TemplateRun,
  engine: EngineHandle,
): Promise<WrittenRun> {
  const described = await describeTemplateRun(run, '');
  const record = recordTemplateRun(
    { loaded, ...described },
    {
      profile: await profileOf(engine),
      tool: await collectToolInfo(context.workspaceRoot),
      host: await readFingerprint({ signal: context.signal }),
      engine: engineInfoOf(engine),
    },
  );
  const received = (run.pictures?.received ?? []).map(({ bytes }, index) => ({
    path: `received/${index + 1}.png`,
    data: bytes,
  }));
  const text = { path: recordFileName, data: `${JSON.stringify(record, null, 2)}\n` };
  const folder = join(outputFolder, `${loaded.name}-${record.id.toLowerCase()}`);
  await writeWhole(folder, [...described.artifacts, ...received, text]);
  return { record, folder, files: described.artifacts.map(({ path }) => join(folder, path)) };
}

/** The host's profile; one that is about the embedded engine is not that of a server. */
async function profileOf({ kind }: EngineHandle): Promise<string> {
  const profile = await chooseProfile(undefined);
  return kind === 'comfyui' && profile === 'embedded' ? 'comfyui' : profile;
}

async function writeWhole(
  folder: string,
  files: readonly { readonly path: string; readonly data: Uint8Array | string }[],
): Promise<void> {
  const building = join(dirname(folder), `.${randomUUID()}.part`);
  try {
    for (const { path, data } of files) {
      await mkdir(dirname(join(building, path)), { recursive: true });
      await writeFileAtomically(join(building, path), data);
    }
    await rename(building, folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write ${folder}: ${reason}`, {
      cause,
      details: { path: folder },
    });
  } finally {
    // The reason why it cannot be removed is the reason why it could not be written.
    await rm(building, { recursive: true, force: true }).catch(() => undefined);
  }
}
