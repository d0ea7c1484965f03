import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../test/temporary-workspace.ts';
import { loadDefinition } from '../definition/load-definition.ts';
import type { Definition } from '../definition/definition.ts';
import { loadProfile } from '../definition/load-profile.ts';
import type { Profile } from '../definition/profile.ts';
import { planRuns } from './plan-runs.ts';

let profile: Profile;
let definition: Definition;

beforeAll(async () => {
  profile = (await loadProfile(repositoryRoot, 'embedded')).profile;
  definition = (await loadDefinition(repositoryRoot, profile.definition)).definition;
});

describe('planRuns', () => {
  it('plans every scenario in order, warm-up apart', () => {
    const plans = planRuns(profile, definition, 5n);
    expect(plans.map((plan) => plan.scenario.name)).toEqual(['128-single', '128-batch8', '256-single', '256-batch8']);
    expect(plans.map((plan) => plan.measuredRuns)).toEqual([30, 10, 30, 10]);
    expect(plans.map((plan) => plan.warmups.length)).toEqual([2, 2, 2, 2]);
  });

  it('gives each run of a measurement a seed of its own in the 32 bits that count, and consecutive runs different prompts', () => {
    const seeds = fc.bigInt({ min: 0n, max: 1n << 48n });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 7 }), (firstSeed, warmupRuns) => {
        const planned = { ...profile, samples: { ...profile.samples, warmupRuns } };
        const plans = planRuns(planned, definition, firstSeed);
        const runs = plans.map((plan) => [
          ...plan.warmups,
          ...Array.from({ length: plan.measuredRuns }, (_, index) => plan.run(index)),
        ]);
        const all = runs.flat().map((run) => run.seed);
        expect(new Set(all.map((seed) => seed & 0xffff_ffffn)).size).toBe(all.length);
        expect(all.every((seed) => seed >= 0n && seed < 1n << 53n)).toBe(true);
        for (const list of runs) {
          for (const [index, run] of list.entries())
            if (index > 0) expect(run.prompt).not.toBe(list[index - 1]!.prompt);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is a function of its arguments', () => {
    const first = planRuns(profile, definition, 9n);
    const second = planRuns(profile, definition, 9n);
    expect(first.map((plan) => plan.run(3))).toEqual(second.map((plan) => plan.run(3)));
    expect(first[1]!.firstSeed).toBe(first[1]!.run(0).seed);
  });

  it('refuses seeds outside the range of a generator', () => {
    expect(() => planRuns(profile, definition, -1n)).toThrow(RangeError);
    expect(() => planRuns(profile, definition, 2n ** 64n)).toThrow(RangeError);
  });
});
