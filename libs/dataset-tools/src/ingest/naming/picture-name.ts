/** Longest name of a picture, with room for a number that makes it unique; see the manifest. */
const maxNameLength = 190;

/**
 * Name of a picture: its path without ending, in letters, digits, `.`, `-` and `_` that every file system and trainer
 * takes. Accents are dropped, other characters become `-`.
 *
 * @param path below the source folder
 * @param cell place in a sheet, for example `r2c3`; null for a picture of its own
 * @param id what a part without a single usable character is called after
 */
export function pictureName(path: string, cell: string | null, id: string): string {
  const stem = path.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  const parts = stem.split('/').map((part) => plainPart(part) || `picture-${id.slice(0, 8)}`);
  const name = parts.join('/');
  const suffix = cell === null ? '' : `-${plainPart(cell)}`;
  return `${name.slice(Math.max(0, name.length + suffix.length - maxNameLength)).replace(/^[^A-Za-z0-9]+/, '')}${suffix}`;
}

function plainPart(part: string): string {
  const ascii = part.normalize('NFKD').replace(/\p{M}/gu, '');
  return ascii.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-._]+|[-.]+$/g, '');
}

/** The name, or the name with the first number that makes it new. Names that differ by case count as equal. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${name}-${count}`;
  return unique;
}
