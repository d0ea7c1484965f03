import { resolve } from 'node:path';
import { askProbes } from './ask-probes.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { collectFacts } from './facts/collect-facts.ts';
import type { GateFacts } from './facts/gate-facts.ts';
import { parseGateName, parseProfileName, profiles } from './gate.ts';
import { loadPolicy } from './policy/load-policy.ts';
import { probeCatalogue, requiredProbes } from './probe-catalogue.ts';
import { gateStatement } from './verdict/statement.ts';
import type { Verdict } from './verdict/verdict-schema.ts';

/** What to judge. */
export interface GateQuestion {
  /** Folder that holds `bench/`. */
  readonly workspaceRoot: string;
  /** `m0` or `m1`. */
  readonly gate: string;
  /** `embedded`, `comfyui`, `gb10-fast` or `gb10-full`. */
  readonly profile: string;
  /** The time against which ages are taken. @default now */
  readonly now?: Date;
}

/** Exit code of the table: 0 pass, 3 fail, 6 evidence was changed, 8 undecided. */
function exitCodeOf({ result, blocking }: Evaluation): Verdict['exitCode'] {
  const tampered = new Set(probeCatalogue.filter(({ integrity }) => integrity === true).map(({ id }) => id));
  if (blocking.some(({ probe, outcome }) => outcome === 'unmet' && tampered.has(probe))) return 6;
  return result === 'pass' ? 0 : result === 'fail' ? 3 : 8;
}

/** Judges facts that were collected. Pure. */
function judgeFacts(facts: GateFacts): Verdict {
  const { gate, profile, policyFile, workstreams, now } = facts;
  const findings = askProbes(facts);
  const required = requiredProbes(gate, profile);
  const mayNotApply = probeCatalogue.filter((probe) => !probe.profiles.includes(profile)).map(({ id }) => id);
  const evaluation = evaluate(findings, { required, mayNotApply });
  return {
    schema: 'dgx-pixels/verdict/v1',
    gate,
    profile,
    result: evaluation.result,
    exitCode: exitCodeOf(evaluation),
    statement: gateStatement(gate, profile, evaluation.result),
    judgesGb10: profiles[profile].gb10,
    judgedAt: now.toISOString(),
    policy: { path: policyFile.path, sha256: policyFile.sha256 },
    evidence: workstreams.flatMap(({ workstream, records }) =>
      records.map(({ path, sha256, record }) => ({ workstream, path, sha256, recordId: record.id })),
    ),
    required,
    findings,
  };
}

/**
 * Judges a gate from the records that lie in `bench/results`. Opens files only: measures nothing, starts nothing,
 * restores and writes nothing. Bad, absent, old or simulated evidence is a finding, and no such finding passes.
 *
 * @throws GateError GATE_UNKNOWN, GATE_PROFILE_UNKNOWN, GATE_POLICY_MISSING, GATE_POLICY_INVALID
 */
export async function judgeGate({ workspaceRoot, gate, profile, now = new Date() }: GateQuestion): Promise<Verdict> {
  const root = resolve(workspaceRoot);
  const [gateName, profileName] = [parseGateName(gate), parseProfileName(profile)];
  const policyFile = await loadPolicy(root, profileName);
  return judgeFacts(await collectFacts(root, gateName, profileName, policyFile, now));
}
