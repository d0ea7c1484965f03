import type { Finding } from '../finding.ts';
import { renderVerdict } from './render-verdict.ts';
import type { Verdict } from './verdict-schema.ts';

/** Text as the content of a table cell: nothing in it can end the cell, start a tag or a link. */
function cell(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/[\\`*_[\]<>|&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function row(finding: Finding): string {
  const value =
    finding.value === null
      ? ''
      : typeof finding.value === 'number'
        ? Number(finding.value.toPrecision(6))
        : finding.value;
  const limit = finding.threshold === null ? '' : finding.threshold;
  const cells = [
    finding.probe,
    finding.subject ?? '',
    finding.outcome,
    String(value),
    String(limit),
    finding.unit ?? '',
    finding.message,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** A verdict as a Markdown page: the report, the evidence it rests on, and a table of all findings. */
export function renderVerdictMarkdown(verdict: Verdict): string {
  return [
    `# ${verdict.statement}`,
    '',
    '```text',
    renderVerdict(verdict).trimEnd().replaceAll('```', "'''"),
    '```',
    '',
    `Judged ${verdict.judgedAt} by \`${verdict.policy.path}\` (sha256 \`${verdict.policy.sha256}\`).`,
    '',
    '| Record | File | sha256 |',
    '| --- | --- | --- |',
    ...verdict.evidence.map(({ recordId, path, sha256 }) => `| ${cell(recordId)} | ${cell(path)} | ${sha256} |`),
    '',
    '| Probe | About | Outcome | Value | Limit | Unit | Finding |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...verdict.findings.map(row),
    '',
  ].join('\n');
}
