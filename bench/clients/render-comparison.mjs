/**
 * @typedef {object} Row
 * @property {number} number
 * @property {string} case
 * @property {string} client
 * @property {string} verdict
 * @property {number} seconds
 * @property {readonly import('./verdict-of.mjs').Outcome[]} outcomes
 */

/**
 * @typedef {object} Comparison
 * @property {readonly { readonly name: string, readonly version: string }[]} clients
 * @property {Readonly<Record<string, number>>} right
 * @property {number} cases
 * @property {readonly Row[]} rows
 */

/**
 * The rows of a comparison as a Markdown table: one line a case, one column a client.
 *
 * @param {Comparison} record
 */
export function renderComparison(record) {
  const names = record.clients.map(({ name, version }) => `${name} ${version}`);
  const lines = [
    `| # | the server … | ${names.join(' | ')} |`,
    `| --- | --- | ${names.map(() => '---').join(' | ')} |`,
  ];
  const cases = new Map(record.rows.map((row) => [`${row.number} ${row.case}`, row]));
  for (const { number, case: name } of cases.values()) {
    const verdicts = record.clients.map((client) => {
      const row = record.rows.find((row) => row.number === number && row.case === name && row.client === client.name);
      return row?.verdict ?? 'not tried';
    });
    lines.push(`| ${number} | ${name} | ${verdicts.join(' | ')} |`);
  }
  const right = record.clients.map(({ name }) => `${record.right[name]} of ${record.cases}`);
  lines.push(`|  | right | ${right.join(' | ')} |`);
  return lines.join('\n');
}
