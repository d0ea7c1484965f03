const decimal = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const special = /^[+-]?(?:inf|infinity|nan)$/i;

/** What Python's `float(text)` returns, or null where it raises ValueError. Prompt weights are read with it. */
export function pythonFloat(text: string): number | null {
  const bare = text.trim();
  if (decimal.test(bare)) return Number(bare.replaceAll('_', ''));
  if (!special.test(bare)) return null;
  if (/nan$/i.test(bare)) return NaN;
  return bare.startsWith('-') ? -Infinity : Infinity;
}
