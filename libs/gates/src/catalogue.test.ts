import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gateErrorCodes } from './errors.ts';
import { explainProbe } from './explain-probe.ts';
import { profiles } from './gate.ts';
import { findLooserThresholds } from './policy/compare-with-built-in.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { probeCatalogue, requiredProbes } from './probe-catalogue.ts';
import { renderGateCatalogue } from './render-gate-catalogue.ts';
import { gb10FloorMs } from './roofline.ts';

const workspace = new URL('../../../', import.meta.url);

describe('the committed policies', () => {
  it.each(['embedded', 'comfyui', 'gb10-fast', 'gb10-full'] as const)(
    '%s names all probes and loosens nothing',
    async (profile) => {
      const { policy } = await loadPolicy(workspace.pathname, profile);
      for (const gate of ['m0', 'm1', 'm3'] as const) {
        expect(findLooserThresholds(policy, profile, gate)).toEqual([]);
        expect(requiredProbes(gate, profile).filter((id) => !policy.probes[gate].includes(id))).toEqual([]);
      }
      expect(policy.requiredSignatures > 0).toBe(profiles[profile].gb10);
    },
  );
});

describe('the catalogue', () => {
  it('is what docs/gates.md shows', async () => {
    expect(await readFile(new URL('docs/gates.md', workspace), 'utf8')).toBe(renderGateCatalogue());
  });

  it('names each probe once, as a statement, with reasons', () => {
    const ids = probeCatalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const probe of probeCatalogue) {
      expect(probe.id).toMatch(
        /-(is|are|was|were|answers|works|ran|within|matches|recompute|share|on|loads|has|leakage)(-|$)/,
      );
      expect(explainProbe(probe.id).text).toContain(probe.motivation);
    }
    expect(() => explainProbe('all-is-well')).toThrow('Probe "all-is-well" is not known');
    expect(Object.values(gateErrorCodes).every(({ hint }) => hint.length > 0)).toBe(true);
  });
});

describe('gb10FloorMs', () => {
  it('gives the published floors of 20 guided and 4 unguided steps at 125 TFLOPS', () => {
    expect(gb10FloorMs({ width: 1024, height: 1024, steps: 20, cfg: 8 })! / 1000).toBeCloseTo(2.25, 2);
    expect(gb10FloorMs({ width: 1024, height: 1024, steps: 4, cfg: 1 })! / 1000).toBeCloseTo(0.3, 2);
    expect(gb10FloorMs({ width: 512, height: 512, steps: 4, cfg: 1 })).toBeNull();
  });
});
