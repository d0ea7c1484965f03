/**
 * Rows of a CSV text (RFC 4180): commas, optional double quotes, `""` for a quote, line breaks of any kind. Empty lines
 * are skipped.
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\r|\n|$)/y;
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (field.lastIndex < text.length) {
    const from = field.lastIndex;
    const match = field.exec(text);
    if (match === null) {
      // A quote that is never closed or closed too early: the rest of the line as it stands.
      const end = text.indexOf('\n', from);
      row.push(text.slice(from, end === -1 ? text.length : end));
      rows.push(row);
      row = [];
      field.lastIndex = end === -1 ? text.length : end + 1;
      continue;
    }
    const [, quoted, plain = '', separator] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (separator === ',' && field.lastIndex < text.length) continue;
    if (separator === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
