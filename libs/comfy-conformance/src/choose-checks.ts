import { conformanceChecks } from './all-checks.ts';
import { conformanceAreas, type ConformanceCheck } from './check.ts';
import { ComfyConformanceError } from './errors.ts';

/**
 * The checks of the named areas and with the named ids, in the order in which they run; all of them without names.
 *
 * @throws ComfyConformanceError COMFY_CONFORMANCE_OPTION_INVALID for a name that is neither an area nor an id
 */
export function chooseChecks(names: readonly string[] = []): readonly ConformanceCheck[] {
  if (names.length === 0) return conformanceChecks;
  const known = new Set<string>([...conformanceAreas, ...conformanceChecks.map(({ id }) => id)]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new ComfyConformanceError(
      'COMFY_CONFORMANCE_OPTION_INVALID',
      `${JSON.stringify(unknown.slice(0, 100))} is neither an area (${conformanceAreas.join(', ')}) nor the id of a check`,
    );
  }
  return conformanceChecks.filter(({ area, id }) => names.includes(area) || names.includes(id));
}
