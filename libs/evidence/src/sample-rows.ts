import { canonicalJson } from './canonical-json.ts';
import { type SampleRow, sampleRowSchema } from './kinds/sample-row.ts';
import { evidenceLimits } from './limits.ts';
import { describeIssues } from './record.ts';

/** Rows of a samples file, and what is wrong with it. */
export interface ParsedSampleRows {
  readonly rows: readonly SampleRow[];
  /** `line <n>: <field>: <problem>`; empty for a sound file. */
  readonly problems: readonly string[];
}

/** Writes rows as JSON lines: one canonical JSON value a line, each ended by a line feed. */
export function formatSampleRows(rows: readonly SampleRow[]): string {
  return rows.map((row) => `${canonicalJson(row)}\n`).join('');
}

function parseLine(line: string): { row: SampleRow } | { problems: string[] } {
  try {
    const parsed = sampleRowSchema.safeParse(JSON.parse(line));
    return parsed.success ? { row: parsed.data } : { problems: describeIssues(parsed.error) };
  } catch (error) {
    return { problems: [`not JSON (${error instanceof Error ? error.message : String(error)})`] };
  }
}

/** Reads JSON lines of sample rows, reporting every bad line. */
export function parseSampleRows(text: string): ParsedSampleRows {
  const rows: SampleRow[] = [];
  const problems: string[] = [];
  if (text !== '' && !text.endsWith('\n')) problems.push('last line is incomplete');
  const lines = text.split('\n').slice(0, -1);
  if (lines.length > evidenceLimits.sampleRows) {
    return { rows, problems: [`${lines.length} rows, at most ${evidenceLimits.sampleRows} are read`] };
  }
  for (const [number, line] of lines.entries()) {
    const parsed = parseLine(line);
    if ('row' in parsed) rows.push(parsed.row);
    else problems.push(...parsed.problems.map((problem) => `line ${number + 1}: ${problem}`));
  }
  return { rows, problems };
}
