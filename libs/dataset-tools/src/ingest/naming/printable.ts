/** Text from outside as it can be shown on one line: hidden characters as escapes, at most 120 characters. */
export function printable(text: string): string {
  const shown = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return shown.length > 120 ? `${shown.slice(0, 117)}…` : shown;
}
