import type { ComparisonPage, PagePicture } from './comparison-page.ts';
import { readPngSize } from './read-png-size.ts';

/** What a page may hold at most. */
export const comparisonPageLimits = {
  columns: 64,
  prompts: 200,
  /** Bytes of all PNG files together: 64 MiB. */
  pictureBytes: 64 * 1024 * 1024,
  /** Pixels of one side of a picture. */
  pictureSide: 4096,
  examples: 64,
  evaluationRows: 100,
  pointsPerCurve: 10_000,
  /** UTF-16 units of any one text. */
  text: 10_000,
} as const;

/**
 * Refuses what would make a page that nobody can open, or one that says something wrong.
 *
 * @throws RangeError naming what is too large, missing or contradictory
 */
export function checkComparisonPage(page: ComparisonPage): void {
  checkCounts(page);
  checkColumns(page);
  checkTexts(page);
  checkPictures(page);
}

function checkCounts({ columns, prompts, examples, evaluation, curves }: ComparisonPage): void {
  atMost('columns', columns.length, comparisonPageLimits.columns);
  atMost('prompts', prompts.length, comparisonPageLimits.prompts);
  atMost('training examples', examples.length, comparisonPageLimits.examples);
  atMost('rows of the evaluation', evaluation.length, comparisonPageLimits.evaluationRows);
  for (const curve of [curves.heldOut, curves.train, curves.training])
    atMost('points of a loss curve', curve.length, comparisonPageLimits.pointsPerCurve);
}

function checkColumns({ columns }: ComparisonPage): void {
  if (columns[0]?.step !== null) throw new RangeError('The first column has to be the base model, with step null.');
  let last = -1;
  for (const { label, step } of columns.slice(1)) {
    if (step === null || !Number.isSafeInteger(step) || step <= last)
      throw new RangeError(`Column "${label}" has to be a checkpoint of a later step than ${last}.`);
    last = step;
  }
}

function checkTexts({ title, run, prompts, columns, evaluation, curves, examples }: ComparisonPage): void {
  const { dataset } = run;
  const texts = [
    ...[title, run.name, run.baseModel, dataset.name, dataset.trigger ?? '', dataset.licence, run.verdict.sentence],
    ...[run.adapter.file, run.adapter.sha256, curves.smoothing],
    ...prompts.map(({ text }) => text),
    ...columns.map(({ label }) => label),
    ...evaluation.map(({ measure }) => measure),
    ...examples.map(({ caption }) => caption),
  ];
  for (const text of texts) atMost('characters of a text', text.length, comparisonPageLimits.text);
}

function checkPictures({ pictures, prompts, columns, examples }: ComparisonPage): void {
  if (pictures.length !== prompts.length)
    throw new RangeError(`There are ${prompts.length} prompts but ${pictures.length} rows of pictures.`);
  let bytes = 0;
  for (const [index, row] of pictures.entries()) {
    if (row.length !== columns.length)
      throw new RangeError(`Row ${index + 1} has ${row.length} pictures for ${columns.length} columns.`);
    for (const [column, picture] of row.entries())
      bytes += checkPicture(picture, `of prompt ${index + 1}, column ${column + 1}`);
  }
  for (const [index, { picture }] of examples.entries()) bytes += checkPicture(picture, `of example ${index + 1}`);
  atMost('bytes of pictures', bytes, comparisonPageLimits.pictureBytes);
}

function checkPicture(picture: PagePicture | null, which: string): number {
  if (picture === null) return 0;
  const { png, width, height } = picture;
  const size = readPngSize(png);
  if (size === null) throw new RangeError(`The picture ${which} is no PNG file.`);
  if (size.width !== width || size.height !== height)
    throw new RangeError(`The picture ${which} is ${size.width}×${size.height}, not ${width}×${height}.`);
  if (Math.min(width, height) < 1) throw new RangeError(`The picture ${which} is empty.`);
  atMost(`pixels of a side of the picture ${which}`, Math.max(width, height), comparisonPageLimits.pictureSide);
  return png.byteLength;
}

function atMost(what: string, count: number, limit: number): void {
  if (count > limit) throw new RangeError(`A comparison page holds at most ${limit} ${what}; these are ${count}.`);
}
