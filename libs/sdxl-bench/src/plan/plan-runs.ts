import type { Definition, Scenario } from '../definition/definition.ts';
import type { Profile } from '../definition/profile.ts';

/** One prompt run of a plan. */
export interface PlannedRun {
  /** From 0, warm-up and measured runs apart. */
  readonly index: number;
  readonly seed: bigint;
  readonly prompt: string;
}

/** What will be run of one scenario. */
export interface ScenarioPlan {
  readonly scenario: Scenario;
  readonly recipe: Profile['recipe'];
  readonly runTimeoutMs: number;
  readonly keptImages: number;
  /** Seed of the first measured run; run i has this plus i. */
  readonly firstSeed: bigint;
  readonly warmups: readonly PlannedRun[];
  /** Measured runs at least; more follow while the scenario's `minimumMs` has not passed. */
  readonly measuredRuns: number;
  /** The measured run with this index, from 0. */
  run(index: number): PlannedRun;
}

/**
 * Seeds between two scenarios: larger than any number of runs, and so small that all seeds of a measurement differ in
 * their low 32 bits, which are all that PyTorch's CPU generator takes of a seed.
 */
const seedStride = 1_000_003n;
/** Prompts between the first ones of two scenarios. */
const promptStride = 7;
const largestFirstSeed = 1n << 63n;

/**
 * Plans every scenario of a definition: which seeds and prompts, in order. Pure: the same arguments give the same plan.
 * Every run of a measurement has another seed, warm-up included, and consecutive runs have different prompts, so that a
 * server has no finished result to give back.
 *
 * @param firstSeed 0 … 2^63; a value that no earlier measurement used.
 * @throws RangeError for a seed outside that range.
 */
export function planRuns(profile: Profile, definition: Definition, firstSeed: bigint): readonly ScenarioPlan[] {
  if (firstSeed < 0n || firstSeed > largestFirstSeed)
    throw new RangeError(`first seed ${firstSeed} is outside 0 … 2^63`);
  const { prompts } = definition;
  return definition.scenarios.map((scenario, position): ScenarioPlan => {
    const { warmupRuns } = profile.samples;
    const warmupSeed = firstSeed + BigInt(position) * seedStride;
    const measuredSeed = warmupSeed + BigInt(warmupRuns);
    const prompt = (index: number) => prompts[(index + position * promptStride) % prompts.length] ?? '';
    return {
      scenario,
      recipe: profile.recipe,
      runTimeoutMs: profile.samples.runTimeoutMs,
      keptImages: profile.samples.keptImages,
      firstSeed: measuredSeed,
      warmups: Array.from({ length: warmupRuns }, (_, index) => ({
        index,
        seed: warmupSeed + BigInt(index),
        // Backwards from the last one: the first measured run never repeats the prompt before it.
        prompt: prompt(prompts.length * warmupRuns - warmupRuns + index),
      })),
      measuredRuns: scenario.measuredRuns,
      run: (index) => ({ index, seed: measuredSeed + BigInt(index), prompt: prompt(index) }),
    };
  });
}
