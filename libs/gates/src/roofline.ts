import type { BenchmarkScenario } from '@dgx-pixels/evidence';

/**
 * Work of SDXL at 1024², multiply-add counted as two operations: counted with PyTorch's FLOP counter on the published
 * configuration of the base model, attention included.
 */
const unetFlop = 6.761e12;
const vaeDecodeFlop = 10.47e12;

/** Dense FP16 rate of GB10 with FP32 accumulation, the largest that its specification gives. */
const gb10SpecFlops = 125e12;

/**
 * Shortest time in which a GB10 at its specified peak could generate one SDXL image, in milliseconds. A guidance scale
 * other than 1 evaluates the UNet twice a step.
 *
 * @returns null for sizes other than 1024², whose work is not tabulated
 */
export function gb10FloorMs(scenario: Pick<BenchmarkScenario, 'width' | 'height' | 'steps' | 'cfg'>): number | null {
  if (scenario.width !== 1024 || scenario.height !== 1024) return null;
  const evaluations = scenario.steps * (scenario.cfg === 1 ? 1 : 2);
  return ((evaluations * unetFlop + vaeDecodeFlop) / gb10SpecFlops) * 1000;
}
