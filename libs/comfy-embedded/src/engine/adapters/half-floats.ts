function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let halves: Float32Array | undefined;

/** IEEE 754 half-precision values, given as their bits, as float32: exact. */
export function fromHalf(bits: Uint16Array): Float32Array {
  const table = (halves ??= Float32Array.from({ length: 0x1_0000 }, (_, code) => decodeHalf(code)));
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = table[bits[i] ?? 0] ?? 0;
  return values;
}

/** bfloat16 values, given as their bits, as float32: exact, because they are its upper halves. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (code) => code << 16).buffer);
}
