import { openEngine } from '@dgx-pixels/comfy-host';
import type { EngineHandle } from '@dgx-pixels/comfy-host';
import type { Profile } from './definition/profile.ts';
import { BenchError } from './errors.ts';

/**
 * Opens the engine that a profile names, and makes sure that it has the profile's checkpoint.
 *
 * @param engineUrl Another address than the profile's, for profiles of a ComfyUI server.
 * @throws BenchError BENCH_ENGINE_MISMATCH, BENCH_MODEL_MISSING; what comfy-host throws; the signal's reason on abort
 */
export async function openMeasuredEngine(
  profile: Profile,
  engineUrl: string | undefined,
  signal: AbortSignal | undefined,
): Promise<EngineHandle> {
  const engine = await openEngine(chooseEngine(profile, engineUrl), { signal });
  const { checkpoint } = profile.recipe;
  if (engine.checkpoints.includes(checkpoint)) return engine;
  await engine.close();
  const listed = engine.checkpoints;
  const message = `${engine.url} has no checkpoint ${checkpoint}; it lists: ${listed.slice(0, 10).join(', ') || 'none'}`;
  throw new BenchError('BENCH_MODEL_MISSING', message, { details: { checkpoint, listed } });
}

function chooseEngine(profile: Profile, engineUrl: string | undefined) {
  if (profile.engine.kind === 'comfyui') return { kind: 'url', url: engineUrl ?? profile.engine.url } as const;
  if (engineUrl === undefined) return { kind: 'embedded' } as const;
  const message = `profile ${profile.name} measures the embedded engine, but the address ${engineUrl} was given`;
  throw new BenchError('BENCH_ENGINE_MISMATCH', message, { details: { profile: profile.name, engineUrl } });
}
