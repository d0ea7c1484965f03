import { type Fault, hintOf, isRefusal } from '@dgx-pixels/dataset-tools';
import { plainText } from '../output/plain-text.ts';

const maxLines = 60;

/** Faults as lines: what is refused first; after each kind, once, what to do about it. */
export function faultLines(faults: readonly Fault[]): readonly string[] {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const groups = kinds
    .map((kind) => faults.filter((fault) => fault.kind === kind))
    .sort(
      ([one], [other]) =>
        Number(one !== undefined && !isRefusal(one)) - Number(other !== undefined && !isRefusal(other)),
    );
  const lines: string[] = [];
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const mark = isRefusal(first) ? '✖ fail ' : '· note ';
    const shown = group.slice(0, 8);
    lines.push(...shown.map(({ path, message }) => plainText(`${mark} ${first.kind}  ${path}: ${message}`)));
    if (group.length > shown.length) lines.push(`        … and ${group.length - shown.length} more ${first.kind}`);
    lines.push(`  next  ${hintOf(first)}`);
  }
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines), '        … all of them with --json'];
}

/** Faults as `--json` has them: with what to do. */
export function faultData(faults: readonly Fault[]) {
  return faults.map((fault) => ({ ...fault, severity: isRefusal(fault) ? 'refused' : 'noted', hint: hintOf(fault) }));
}
