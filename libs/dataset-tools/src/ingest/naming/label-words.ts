/** Most labels of a picture; see the manifest. */
const maxLabels = 32;
const maxLabelLength = 80;

/** One word, number or abbreviation of a name: `HTTPServer2` → `HTTP`, `Server`, `2`. */
const wordPattern = /\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+|\p{N}+/gu;

/**
 * The words that folders and file name of a picture consist of, outermost first, in lower case, each once. A number at
 * the end of the file name counts frames: `frame 3`. Folders that only number or name a size (`24px`, `2x`) count as
 * words too: who wants them gone leaves them out of captions.
 *
 * @param path below the source folder, with or without ending
 */
export function labelWords(path: string): readonly string[] {
  const parts = path
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .normalize('NFC')
    .split('/');
  const labels = parts.flatMap((part, index) => {
    const words = part.match(wordPattern) ?? [];
    const isFrame = index === parts.length - 1 && words.length > 1 && /^\p{N}+$/u.test(words.at(-1) ?? '');
    return isFrame ? [...words.slice(0, -1), `frame ${Number.parseInt(words.at(-1) ?? '', 10)}`] : words;
  });
  const short = labels.map((label) => label.toLowerCase().slice(0, maxLabelLength));
  return [...new Set(short)].slice(0, maxLabels);
}
