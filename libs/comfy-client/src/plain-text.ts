/** Controls (terminal escapes), lone surrogates, line separators and bidirectional overrides. */
const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/**
 * Text from a server, made safe to print on one line and to keep in a record: unprintable characters become spaces,
 * and at most `maxLength` UTF-16 units are kept.
 */
export function plainText(text: string, maxLength = 500): string {
  const flat = text
    .slice(0, maxLength * 4)
    .replace(unprintable, ' ')
    .trim();
  return flat.length > maxLength ? `${flat.slice(0, maxLength).replace(/\p{Cs}$/u, '')}…` : flat;
}
