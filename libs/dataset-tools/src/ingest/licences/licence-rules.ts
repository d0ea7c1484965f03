import { extname } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { DatasetError } from '../../errors.ts';
import { type ImageLicence, licenceSchema } from '../../manifest/licence.ts';
import { parseCsv } from './parse-csv.ts';
import { globMatcher } from './glob-matcher.ts';

const maxBytes = 16 * 1024 * 1024;
const ruleSchema = z.strictObject({
  path: z.string().min(1).max(1000).describe('path below the source; * within a part, ** over parts, ? one character'),
  spdx: licenceSchema.shape.spdx,
  author: licenceSchema.shape.author.default(null),
  url: licenceSchema.shape.url.default(null),
  notice: licenceSchema.shape.notice.default(null),
});
const rulesSchema = z.array(ruleSchema).max(100_000);

/** The licence that a licences file gives to a path; null where it says nothing. */
export type LicenceOf = (path: string) => ImageLicence | null;

/**
 * Reads a licences file: which licence holds for which paths. The last rule that matches decides, as in .gitattributes.
 *
 * @param file JSON: a list of `{path, spdx, author, url, notice}`; or CSV with these columns, in any order
 * @throws DatasetError DATASET_REQUEST_INVALID naming every faulty row
 */
export async function readLicenceRules(file: string): Promise<LicenceOf> {
  const text = await readText(file);
  const parsed = rulesSchema.safeParse(
    extname(file).toLowerCase() === '.csv' ? rowsOf(file, text) : parseJson(file, text),
  );
  if (!parsed.success) {
    const shown = parsed.error.issues
      .slice(0, 20)
      .map(
        ({ path, message }) =>
          `entry ${path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(', ')}: ${message}`,
      );
    throw invalid(file, shown.join('; '));
  }
  const rules = parsed.data.map(({ path, ...licence }) => ({ matches: globMatcher(path), licence }));
  return (path) => rules.findLast(({ matches }) => matches(path))?.licence ?? null;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw invalid(file, `it has ${size} bytes, more than ${maxBytes}`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw invalid(file, cause instanceof TypeError ? 'it is not UTF-8' : 'it cannot be read', cause);
  }
}

function rowsOf(file: string, text: string): unknown {
  const [head, ...rows] = parseCsv(text);
  if (head === undefined || !head.includes('path') || !head.includes('spdx')) {
    throw invalid(file, 'its first line names no columns path and spdx');
  }
  return rows.map((row) =>
    Object.fromEntries(head.map((column, index) => [column, row[index] === '' ? null : row[index]])),
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(file, 'it is neither JSON nor named .csv', cause);
  }
}

function invalid(file: string, reason: string, cause?: unknown): DatasetError {
  return new DatasetError('DATASET_REQUEST_INVALID', `the licences file ${file}: ${reason}`, { cause });
}
