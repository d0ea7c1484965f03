/**
 * `count` float32 values from `start` to `end`, rounded where torch.linspace rounds: the first half is counted from the
 * start, the second from the end, each with one rounding.
 */
export function linspace(start: number, end: number, count: number): Float32Array {
  const values = new Float32Array(count);
  const step = count > 1 ? Math.fround(Math.fround(end - start) / (count - 1)) : 0;
  const half = Math.floor(count / 2);
  for (let i = 0; i < count; i++) {
    values[i] = i < half || count === 1 ? start + step * i : end - step * (count - 1 - i);
  }
  return values;
}
