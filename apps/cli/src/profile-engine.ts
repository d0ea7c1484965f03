import type { WorkflowGraph } from '@dgx-pixels/comfy-client';
import type { EngineChoice, TextToImageRecipe } from '@dgx-pixels/comfy-host';
import { loadBench } from '@dgx-pixels/sdxl-bench';

/** The engine that a profile is about, and the recipe it is asked with. */
export interface ProfileEngine {
  readonly engine: EngineChoice;
  readonly recipe: TextToImageRecipe;
  /** The profile's text-to-image template. */
  readonly workflow: WorkflowGraph;
}

/**
 * Reads which engine a profile names. For a ComfyUI server, `url` and then DGX_PIXELS_COMFY_URL go before the profile's
 * own address.
 *
 * @throws BenchError for a profile or template that cannot be used
 */
export async function profileEngine(
  workspaceRoot: string,
  name: string,
  url: string | undefined,
): Promise<ProfileEngine> {
  const { profile, workflow: template } = await loadBench(workspaceRoot, name);
  const workflow = template.graph;
  const { checkpoint, steps, cfg, sampler, scheduler, negative } = profile.recipe;
  const recipe = { checkpoint, steps, cfg, sampler, scheduler, negative };
  if (profile.engine.kind === 'embedded' && url === undefined)
    return { engine: { kind: 'embedded' }, recipe, workflow };
  const configured = profile.engine.kind === 'comfyui' ? profile.engine.url : '';
  return { engine: { kind: 'url', url: url ?? process.env['DGX_PIXELS_COMFY_URL'] ?? configured }, recipe, workflow };
}
