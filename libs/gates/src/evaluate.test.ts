import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { Finding, Outcome } from './finding.ts';

const required = ['a', 'b', 'c'];
const finding = (probe: string, outcome: Outcome): Finding => ({
  probe,
  outcome,
  subject: null,
  workstream: null,
  message: '',
  value: null,
  threshold: null,
  unit: null,
  recordIds: [],
  file: null,
  remediation: null,
});
const outcomes: Outcome[] = ['met', 'unmet', 'undecided', 'missing', 'not-applicable', 'error'];
const findings = fc.array(fc.record({ probe: fc.constantFrom(...required), outcome: fc.constantFrom(...outcomes) }));

describe('evaluate', () => {
  it('passes when every required probe is met, or does not apply where it need not', () => {
    const expectation = { required, mayNotApply: ['c'] };
    const all = [finding('a', 'met'), finding('b', 'met'), finding('c', 'not-applicable')];
    expect(evaluate(all, expectation).result).toBe('pass');
    expect(evaluate(all, { required, mayNotApply: [] }).result).toBe('undecided');
    expect(evaluate(all.slice(1), expectation)).toMatchObject({ result: 'undecided', silent: ['a'] });
  });

  it('never passes on nothing, nor when nothing was asked', () => {
    expect(evaluate([], { required: [], mayNotApply: [] }).result).toBe('undecided');
    const none = required.map((probe) => finding(probe, 'not-applicable'));
    expect(evaluate(none, { required, mayNotApply: required }).result).toBe('undecided');
  });

  it('lets no other outcome pass, whatever stands beside it', () => {
    fc.assert(
      fc.property(findings, fc.constantFrom<Outcome>('unmet', 'undecided', 'missing', 'error'), (others, outcome) => {
        const all = [...others.map((entry) => finding(entry.probe, entry.outcome)), finding('a', outcome)];
        const { result, blocking } = evaluate(all, { required, mayNotApply: required });
        expect(result).toBe(all.some((entry) => entry.outcome === 'unmet') ? 'fail' : 'undecided');
        expect(blocking.length).toBeGreaterThan(0);
      }),
    );
  });

  it('does not get better by leaving findings out', () => {
    const rank = { fail: 0, undecided: 1, pass: 2 };
    fc.assert(
      fc.property(findings, (others) => {
        const all = others.map((entry) => finding(entry.probe, entry.outcome));
        const expectation = { required, mayNotApply: [] };
        if (evaluate(all, expectation).result !== 'pass') return;
        for (const probe of required) {
          const fewer = all.filter((entry) => entry.probe !== probe);
          expect(rank[evaluate(fewer, expectation).result]).toBeLessThan(rank.pass);
        }
      }),
    );
  });

  it('ignores findings that only report', () => {
    const all = [...required.map((probe) => finding(probe, 'met')), finding('reported', 'unmet')];
    expect(evaluate(all, { required, mayNotApply: [] }).result).toBe('pass');
  });
});
