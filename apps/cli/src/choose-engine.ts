import { type EngineHandle, openEngine } from '@dgx-pixels/comfy-host';

/**
 * Opens the server that the user named (`--url`, else DGX_PIXELS_COMFY_URL), else the embedded engine, which then offers
 * the adapters.
 */
export async function openChosenEngine(
  url: string | undefined,
  options: { readonly signal: AbortSignal; readonly adapters?: readonly string[] },
): Promise<EngineHandle> {
  const address = url ?? process.env['DGX_PIXELS_COMFY_URL'];
  return openEngine(
    address ? { kind: 'url', url: address } : { kind: 'embedded', adapters: options.adapters },
    options,
  );
}
