import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { listModels } from '@dgx-pixels/comfy-client';
import { type EngineHandle, openEngine } from '@dgx-pixels/comfy-host';
import { LoraTrainerError } from '../errors.ts';
import { runPaths } from '../run/run-folder.ts';

/** An adapter that pictures are drawn with, under the name that the engine knows it by. */
export interface OfferedAdapter {
  /** Updates it had. */
  readonly step: number;
  readonly name: string;
  readonly file: string;
}

/** Which engine draws. */
export type SampleEngine = { readonly kind: 'embedded' } | { readonly kind: 'url'; readonly url: string };

/**
 * Opens an engine that offers the adapters of a run's checkpoints under names of their own, and runs `work` on it.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID when a ComfyUI server does not list them, with the commands that copy them there
 */
export async function withAdapters<T>(
  {
    runFolder,
    steps,
    engine,
    signal,
  }: {
    readonly runFolder: string;
    readonly steps: readonly number[];
    readonly engine: SampleEngine;
    readonly signal?: AbortSignal | undefined;
  },
  work: (engine: EngineHandle, adapters: readonly OfferedAdapter[]) => Promise<T>,
): Promise<T> {
  const folder = join(runFolder, 'offered');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    const adapters: OfferedAdapter[] = [];
    for (const step of steps) {
      const name = `${runFolder.slice(-8).toLowerCase()}-step-${String(step).padStart(6, '0')}.safetensors`;
      await symlink(checkpointAdapter(runFolder, step), join(folder, name));
      adapters.push({ step, name, file: join(folder, name) });
    }
    const opened = await openEngine(
      engine.kind === 'url' ? engine : { kind: 'embedded', adapters: adapters.map(({ file }) => file) },
      { signal },
    );
    try {
      if (engine.kind === 'url') await requireListed(opened, runFolder, adapters);
      return await work(opened, adapters);
    } finally {
      await opened.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The adapter file of a checkpoint, in kohya's form. */
export function checkpointAdapter(runFolder: string, step: number): string {
  return join(runPaths(runFolder).checkpoints, `step-${String(step).padStart(8, '0')}`, 'adapter.safetensors');
}

async function requireListed(
  engine: EngineHandle,
  runFolder: string,
  adapters: readonly OfferedAdapter[],
): Promise<void> {
  const listed = new Set(await listModels(engine.client, 'loras'));
  const absent = adapters.filter(({ name }) => !listed.has(name));
  if (absent.length === 0) return;
  const copies = absent.map(
    ({ name, step }) => `cp ${checkpointAdapter(runFolder, step)} <ComfyUI>/models/loras/${name}`,
  );
  throw new LoraTrainerError('TRAIN_PLAN_INVALID', `${engine.url} does not list ${absent.length} adapters of the run`, {
    hint: copies.join(' && '),
  });
}
