import type { Workstream } from '@dgx-pixels/evidence';
import type { Finding, Outcome } from '../finding.ts';
import { gates, measurements } from '../gate.ts';
import type { Verdict } from './verdict-schema.ts';

const marks: Record<Outcome, string> = {
  met: '✔',
  unmet: '✖',
  undecided: '?',
  missing: '?',
  error: '?',
  'not-applicable': '–',
};

const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');

/** Findings that decide and do not speak for the gate. */
export function blockingFindings({ findings, required }: Verdict): Finding[] {
  const open = findings.filter(
    ({ probe, outcome }) => required.includes(probe) && outcome !== 'met' && outcome !== 'not-applicable',
  );
  return [...open.filter(({ outcome }) => outcome === 'unmet'), ...open.filter(({ outcome }) => outcome !== 'unmet')];
}

function markOf(findings: readonly Finding[]): string {
  if (findings.some(({ outcome }) => outcome === 'unmet')) return marks.unmet;
  const counted = findings.filter(({ outcome }) => outcome !== 'not-applicable');
  return counted.length > 0 && counted.every(({ outcome }) => outcome === 'met') ? marks.met : marks.undecided;
}

function workstreamLine(verdict: Verdict, workstream: Workstream): string {
  const findings = verdict.findings.filter(
    (finding) => finding.workstream === workstream && verdict.required.includes(finding.probe),
  );
  const mark = markOf(findings);
  const ids = verdict.evidence.filter((entry) => entry.workstream === workstream).map(({ recordId }) => recordId);
  const state = mark === marks.met ? 'COMPLETE' : mark === marks.unmet ? 'NOT COMPLETE' : 'UNDECIDED';
  const cited = ids.length === 0 ? 'no record' : `${ids.length === 1 ? 'record' : 'records'} ${ids.join(', ')}`;
  return `${mark} ${measurements[workstream].title} - ${state} (${cited})`;
}

const show = (value: Finding['value'], digits: number, scale = 1): string =>
  typeof value === 'number' ? (value * scale).toFixed(digits) : '?';

/** The mission's performance line: seconds an image and images a minute, each with its scenario. */
function performanceLine({ findings, required }: Verdict): string[] {
  const measured = (probe: string): Finding[] =>
    findings.filter((finding) => finding.probe === probe && typeof finding.value === 'number');
  const either = (probe: string, other: string): Finding[] => {
    const found = measured(probe);
    return found.length > 0 ? found : measured(other);
  };
  const singles = either('single-image-latency-within-limit', 'sdxl-latency-on-gb10');
  const batches = either('batch-throughput-within-limit', 'sdxl-throughput-on-gb10');
  if (singles.length + batches.length === 0) return [];
  const parts = [
    ...singles.map(({ value, subject }) => `${show(value, 2, 0.001)} s per image (${subject ?? ''})`),
    ...batches.map(({ value, subject }) => `${show(value, 0)} img/min batch (${subject ?? ''})`),
  ];
  const deciding = [...singles, ...batches].filter(({ probe }) => required.includes(probe));
  return [`${deciding.length === 0 ? '·' : markOf(deciding)} Performance: ${parts.join(', ')}`];
}

function figureLines({ findings }: Verdict): string[] {
  const lines: string[] = [];
  for (const { probe, outcome, message } of findings) {
    if (probe === 'memory-within-limit' && outcome !== 'missing') lines.push(`${marks[outcome]} Memory: ${message}`);
    if (probe === 'gemm-peak-was-measured' && outcome !== 'missing') {
      const value = findings.find((finding) => finding.probe === probe)?.value ?? null;
      lines.push(`${marks[outcome]} Peak: ${show(value, 1)} GFLOPS, ${message}`);
    }
    if (probe === 'host-was-measured' && outcome !== 'missing') lines.push(`${marks[outcome]} Host: ${message}`);
  }
  return lines;
}

/** Whether a finding only repeats that a workstream left nothing, which `records-are-intact` says already. */
function followsFromAbsence({ evidence }: Verdict, { outcome, workstream, probe }: Finding): boolean {
  const absent = !evidence.some((entry) => workstream === null || entry.workstream === workstream);
  return absent && outcome === 'missing' && probe !== 'records-are-intact';
}

const maxBlockingLines = 40;

function blockingLines(verdict: Verdict): string[] {
  const blocking = blockingFindings(verdict);
  const shown = blocking.filter((finding) => !followsFromAbsence(verdict, finding)).slice(0, maxBlockingLines);
  const lines = shown.flatMap(({ outcome, probe, subject, message, file, remediation }, index) => [
    `  ${marks[outcome]} ${probe}${subject === null ? '' : ` [${subject}]`}: ${message} (${outcome})`,
    ...(file === null || message.includes(file) ? [] : [`      file: ${file}`]),
    // Findings with one remedy in a row share its line.
    ...(remediation === null || shown[index + 1]?.remediation === remediation ? [] : [`      next: ${remediation}`]),
  ]);
  const hidden = blocking.length - shown.length;
  return hidden > 0 ? [...lines, `  … and ${hidden} more findings: all of them with --json`] : lines;
}

/**
 * A verdict as plain text: the mission's lines with measured values and record ids, what stands in the way with file
 * and next command, and the statement as the last line. Every word follows from findings.
 */
export function renderVerdict(verdict: Verdict): string {
  const notApplicable = [
    ...new Set(verdict.findings.filter(({ outcome }) => outcome === 'not-applicable').map(({ probe }) => probe)),
  ];
  const lines = [
    ...gates[verdict.gate].map((workstream) => workstreamLine(verdict, workstream)),
    ...performanceLine(verdict),
    ...figureLines(verdict),
    ...(notApplicable.length === 0 ? [] : [`– not asked under ${verdict.profile}: ${notApplicable.join(', ')}`]),
    ...blockingLines(verdict),
    verdict.statement,
  ];
  return `${lines.map(clean).join('\n')}\n`;
}
