const stateSize = 624;
const shift = 397;

/** Next 32 random bits as an unsigned integer. */
export type RandomBits = () => number;

/**
 * MT19937 (Matsumoto and Nishimura 1998), seeded as `init_genrand` does. Only the low 32 bits of the seed count, as in
 * PyTorch's CPU generator.
 */
export function mersenneTwister(seed: bigint): RandomBits {
  const state = new Uint32Array(stateSize);
  state[0] = Number(BigInt.asUintN(32, seed));
  for (let i = 1; i < stateSize; i++) {
    const last = state[i - 1] ?? 0;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  let position = stateSize;
  return () => {
    if (position === stateSize) {
      twist(state);
      position = 0;
    }
    let bits = state[position++] ?? 0;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < stateSize; i++) {
    const pair = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % stateSize] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + shift) % stateSize] ?? 0) ^ (pair >>> 1) ^ (pair & 1 ? 0x9908b0df : 0);
  }
}
