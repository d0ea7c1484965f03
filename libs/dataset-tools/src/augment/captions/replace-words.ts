/** Phrases whose words name no side of this picture. */
const keptPhrases = [
  ...['top-down', 'top down', 'bottom-up', 'upside-down', 'upside down', 'all right'],
  ...['power-up', 'power up', 'level-up', 'level up', 'close-up', 'close up', 'pop-up', 'pick-up', 'thumbs up'],
] as const;

/**
 * A caption with words or phrases replaced, all in one pass: no replacement is replaced again. Only whole words count; their
 * case and everything around them stay. Phrases such as "top-down" stay as they are.
 *
 * @param replacements lower case → lower case
 */
export function replaceWords(text: string, replacements: ReadonlyMap<string, string>): string {
  if (replacements.size === 0) return text;
  const longestFirst = [...replacements.keys()].sort((one, other) => other.length - one.length);
  const pattern = [...keptPhrases, ...longestFirst].join('|');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu'), (found) => {
    const replacement = replacements.get(found.toLowerCase());
    return replacement === undefined ? found : inCaseOf(found, replacement);
  });
}

function inCaseOf(word: string, replacement: string): string {
  if (word === word.toUpperCase() && word.length > 1) return replacement.toUpperCase();
  const first = word[0] ?? '';
  return first === first.toUpperCase() ? replacement.slice(0, 1).toUpperCase() + replacement.slice(1) : replacement;
}
