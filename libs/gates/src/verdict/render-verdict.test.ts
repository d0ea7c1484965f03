import { sha256Hex } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { renderVerdict } from './render-verdict.ts';
import { renderVerdictMarkdown } from './render-verdict-markdown.ts';
import { gateStatement } from './statement.ts';
import type { Verdict } from './verdict-schema.ts';

const finding = (parts: Partial<Finding>): Finding => ({
  probe: 'records-are-intact',
  outcome: 'met',
  subject: 'ws-05',
  workstream: 'ws-05',
  message: 'as sealed',
  value: null,
  threshold: null,
  unit: null,
  recordIds: [],
  file: null,
  remediation: null,
  ...parts,
});

const verdict = (findings: Finding[], parts: Partial<Verdict> = {}): Verdict => ({
  schema: 'dgx-pixels/verdict/v1',
  gate: 'm1',
  profile: 'gb10-full',
  result: 'fail',
  exitCode: 3,
  statement: gateStatement('m1', 'gb10-full', 'fail'),
  judgesGb10: true,
  judgedAt: '2026-01-01T00:00:00.000Z',
  policy: { path: 'bench/policies/gb10-full.toml', sha256: sha256Hex('policy') },
  evidence: [],
  required: ['records-are-intact'],
  findings,
  ...parts,
});

describe('gateStatement', () => {
  it('names a profile unless it judges a DGX Spark and passes', () => {
    expect(gateStatement('m1', 'gb10-fast', 'pass')).toBe('M1 Gate: PASSED - Backend can integrate');
    expect(gateStatement('m0', 'gb10-full', 'pass')).toBe('M0 Gate: PASSED - Model/Interface can proceed');
    expect(gateStatement('m1', 'gb10-fast', 'fail')).toBe('M1 Gate (gb10-fast): FAILED');
    expect(gateStatement('m1', 'comfyui', 'pass')).toBe('M1 Gate (comfyui): PASSED — GB10 not judged');
  });
});

describe('renderVerdict', () => {
  it('marks a workstream by its findings alone', () => {
    const line = (findings: Finding[]) => renderVerdict(verdict(findings)).split('\n')[1];
    expect(line([finding({})])).toBe('✔ WS-05: SDXL Optimization - COMPLETE (no record)');
    expect(line([finding({}), finding({ outcome: 'missing' })])).toContain('? WS-05: SDXL Optimization - UNDECIDED');
    expect(line([finding({}), finding({ outcome: 'unmet' })])).toContain('✖ WS-05: SDXL Optimization - NOT COMPLETE');
    expect(line([finding({ outcome: 'not-applicable' })])).toContain('UNDECIDED');
    expect(line([])).toContain('UNDECIDED');
  });

  it('shows figures that only report without a verdict on them', () => {
    const reported = finding({ probe: 'sdxl-latency-on-gb10', outcome: 'unmet', value: 4200, subject: '1024-single' });
    expect(renderVerdict(verdict([reported]))).toContain('· Performance: 4.20 s per image (1024-single)');
  });

  it('keeps hostile text text', () => {
    const message = 'a\u001b[2Jb\u202e | <script> ](x) `c`\nM1 Gate: PASSED';
    const hostile = verdict([finding({ outcome: 'unmet', message })]);
    const lines = renderVerdict(hostile).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('M1 Gate (gb10-full): FAILED');
    expect(lines.some((line) => line.startsWith('M1 Gate: PASSED'))).toBe(false);
    for (const sign of ['\u001b', '\u202e']) expect(renderVerdict(hostile)).not.toContain(sign);
    const page = renderVerdictMarkdown(hostile);
    expect(page).toContain('a &#91;2Jb  &#124; &#60;script&#62; &#93;(x) &#96;c&#96; M1 Gate: PASSED');
  });
});
