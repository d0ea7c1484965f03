/** At most `length` code points of a text, with `…` where it was cut. */
export function shortenText(text: string, length: number): string {
  let short = '';
  let letters = 0;
  for (const letter of text) {
    if (letters === length) return `${short}…`;
    short += letter;
    letters++;
  }
  return text;
}
