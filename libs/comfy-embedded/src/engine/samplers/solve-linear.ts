/**
 * Solves a small system of linear equations by Gaussian elimination with the largest pivot, in float32.
 *
 * @param rows - `[n][n]`, not singular.
 * @param right - `[n]`
 */
export function solveLinear(rows: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const system = rows.map((row, i) => [...row, right[i] ?? 0]);
  const at = (row: number, column: number): number => system[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++) if (Math.abs(at(row, pivot)) > Math.abs(at(best, pivot))) best = row;
    const chosen = system[best] ?? [];
    system[best] = system[pivot] ?? [];
    system[pivot] = chosen;
    for (let row = pivot + 1; row < size; row++) {
      const factor = Math.fround(at(row, pivot) / at(pivot, pivot));
      system[row] = (system[row] ?? []).map((value, column) =>
        Math.fround(value - Math.fround(factor * at(pivot, column))),
      );
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const known = solution.reduce((sum, value, column) => (column > row ? sum + at(row, column) * value : sum), 0);
    solution[row] = (at(row, size) - known) / at(row, row);
  }
  return solution;
}
