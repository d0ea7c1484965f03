/** Numbers in [0, 1) that depend on the seed alone (mulberry32 by T. Ettinger). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The whole numbers below `count` in an order that the seed decides (Fisher–Yates). */
export function shuffledPlaces(count: number, seed: number): Uint32Array {
  const next = seededNumbers(seed);
  const places = Uint32Array.from({ length: count }, (_none, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const kept = places[last] ?? 0;
    places[last] = places[other] ?? 0;
    places[other] = kept;
  }
  return places;
}
