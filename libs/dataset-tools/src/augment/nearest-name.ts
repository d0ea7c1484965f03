/**
 * The name that was probably meant: one that begins with the text, or differs from it by the fewest letters and by less
 * than half of them; null when there is none.
 */
export function nearestName(text: string, names: readonly string[]): string | null {
  const begun = text.length < 3 ? undefined : names.find((name) => name.startsWith(text));
  if (begun !== undefined) return begun;
  const limit = text.length / 2;
  const [nearest] = names
    .map((name) => ({ name, distance: editDistance(text, name) }))
    .filter(({ distance }) => distance < limit)
    .sort((one, other) => one.distance - other.distance);
  return nearest?.name ?? null;
}

/** How many letters must be inserted, removed or changed (Levenshtein 1965; row by row as in Wagner & Fischer 1974). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_cell, column) => column);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const changed = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
