import { readGpu } from '@dgx-pixels/host-telemetry';

/** The named profile, else DGX_PIXELS_PROFILE, else what fits this host: gb10-fast on a GB10, embedded anywhere else. */
export async function chooseProfile(named: string | undefined): Promise<string> {
  const chosen = named ?? process.env['DGX_PIXELS_PROFILE'];
  if (chosen) return chosen;
  const gpu = await readGpu();
  const isGb10 = gpu.status === 'present' && gpu.gpus.some(({ name }) => name?.includes('GB10') === true);
  return isGb10 ? 'gb10-fast' : 'embedded';
}
