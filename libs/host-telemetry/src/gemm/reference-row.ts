/**
 * Deterministic matrix of values in ±sqrt(3 / size), uniform: products of a chain keep unit variance, so that no size
 * overflows or fades into denormal numbers (which would be timed instead of the product).
 */
export function chainMatrix(size: number, seed: number): Float32Array {
  const limit = Math.sqrt(3 / size);
  const values = new Float32Array(size * size);
  let state = seed >>> 0;
  for (let index = 0; index < values.length; index++) {
    // Linear congruential generator of Numerical Recipes (Press et al., 2nd edition, §7.1).
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[index] = (state / 2 ** 31 - 1) * limit;
  }
  return values;
}

/** The first row of `x · W^products`, in float64: what the probe's product is checked against. */
export function referenceRow(x: Float32Array, weights: Float32Array, size: number, products: number): Float64Array {
  let row = Float64Array.from(x.subarray(0, size));
  for (let product = 0; product < products; product++) {
    const next = new Float64Array(size);
    for (let inner = 0; inner < size; inner++) {
      const factor = row[inner] ?? 0;
      const offset = inner * size;
      for (let column = 0; column < size; column++)
        next[column] = (next[column] ?? 0) + factor * (weights[offset + column] ?? 0);
    }
    row = next;
  }
  return row;
}
