/**
 * Line numbers (from 1) of the keys of a TOML text by dotted path; elements of `[[name]]` tables are counted, as in
 * `scenario.0.width`. Only good for pointing a reader to a line: values are not looked at.
 */
export function locateTomlKeys(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const elements = new Map<string, number>();
  let table = '';
  for (const [index, line] of text.split('\n').entries()) {
    const list = /^\s*\[\[\s*([\w.-]+)\s*\]\]/.exec(line)?.[1];
    const single = /^\s*\[\s*([\w.-]+)\s*\]/.exec(line)?.[1];
    const key = /^\s*([\w.-]+)\s*=/.exec(line)?.[1];
    if (list !== undefined) {
      const element = elements.get(list) ?? 0;
      elements.set(list, element + 1);
      if (element === 0) lines.set(list, index + 1);
      table = `${list}.${element}`;
      lines.set(table, index + 1);
    } else if (single !== undefined) {
      table = single;
      lines.set(table, index + 1);
    } else if (key !== undefined) {
      const path = table === '' ? key : `${table}.${key}`;
      if (!lines.has(path)) lines.set(path, index + 1);
    }
  }
  return lines;
}

/** The line of a path, else of its nearest ancestor, else 1. */
export function lineOf(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(path.slice(0, length).join('.'));
    if (line !== undefined) return line;
  }
  return 1;
}
