import type { CheckResult, ConformanceReport } from '@dgx-pixels/comfy-conformance';
import { plainText } from './output/plain-text.ts';

const marks = { pass: '✔ ok   ', fail: '✖ fail ', 'not-available': '– none ', error: '! error' } as const;

/** What a run found, a line for each statement and what there is to say where one does not hold. */
export function conformanceTable({ url, stats, checkpoint, results }: ConformanceReport): string[] {
  const width = Math.max(...results.map(({ area }) => area.length));
  const count = (outcome: CheckResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const asked = results.length - count('not-available');
  const closing = [
    `${count('pass')} of ${asked} hold`,
    ...(count('error') > 0 ? [`${count('error')} could not be checked`] : []),
    ...(asked < results.length ? [`${results.length - asked} not available`] : []),
  ];
  const model = checkpoint === null ? 'no checkpoint' : `checkpoint ${checkpoint}`;
  return [
    oneLine(`ComfyUI ${stats.system.comfyui_version} on ${url}, ${model}`),
    ...results.flatMap((result) => [
      `${marks[result.outcome]} ${result.area.padEnd(width)}  ${result.statement}`,
      ...details(result).map((detail) => `${' '.repeat(width + 10)}${oneLine(detail)}`),
    ]),
    closing.join(', '),
  ];
}

function details(result: CheckResult): readonly string[] {
  if (result.outcome === 'pass') return [];
  if (result.outcome !== 'fail') return [result.reason];
  return [`(${result.id})`, `expected ${result.expected}`, `seen     ${result.seen}`];
}

/** Text from a server as part of one line. */
function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ');
}
