import type { GateFacts } from './facts/gate-facts.ts';
import type { Answer, Finding } from './finding.ts';
import { gates, measureCommand } from './gate.ts';
import { findDroppedProbes } from './policy/compare-with-built-in.ts';
import type { Probe } from './probe.ts';
import { probeCatalogue, requiredProbes } from './probe-catalogue.ts';

/** The command that may change an answer. */
function nextCommand({ gate, profile, policyFile }: GateFacts, probe: Probe, answer: Answer): string {
  if (probe.id === 'thresholds-are-not-loosened') return `git diff -- ${policyFile.path}`;
  if (probe.id === 'policy-is-unchanged') return `npx nx run gate-runner:${gate}:${profile}`;
  if (answer.outcome === 'error') return `npx dgx-pixels gate explain ${probe.id}`;
  if (answer.file?.startsWith('bench/results/store/') === true) {
    return `mv ${answer.file} ${answer.file}.broken && mv ${answer.file.replace(/\.jsonl$/, '.head.json')} ${answer.file}.broken.head`;
  }
  return measureCommand(answer.workstream ?? gates[gate][gates[gate].length - 1] ?? 'foundation', profile);
}

function toFinding(facts: GateFacts, probe: Probe, answer: Answer): Finding {
  const settled = answer.outcome === 'met' || answer.outcome === 'not-applicable';
  return {
    subject: null,
    workstream: null,
    value: null,
    threshold: null,
    unit: null,
    recordIds: [],
    file: null,
    remediation: settled ? null : nextCommand(facts, probe, answer),
    ...answer,
    probe: probe.id,
  };
}

/** Answers of one probe; a probe that breaks answers `error`, which never passes. */
function askProbe(facts: GateFacts, probe: Probe): readonly Answer[] {
  if (!probe.profiles.includes(facts.profile)) {
    return [{ outcome: 'not-applicable', message: `is not asked under ${facts.profile}` }];
  }
  try {
    return probe.ask(facts);
  } catch (error) {
    return [{ outcome: 'error', message: error instanceof Error ? error.message : String(error) }];
  }
}

/** Asks every probe of the gate. A probe that the policy leaves out against the code is asked, and named as open. */
export function askProbes(facts: GateFacts): Finding[] {
  const { gate, profile, policyFile } = facts;
  const findings = probeCatalogue
    .filter(({ gates: asked }) => asked.includes(gate))
    .flatMap((probe) => askProbe(facts, probe).map((answer) => toFinding(facts, probe, answer)));
  const dropped = findDroppedProbes(policyFile.policy, gate, requiredProbes(gate, profile));
  const strange = [...policyFile.policy.probes[gate], ...policyFile.policy.reported[gate]].filter(
    (id) => !probeCatalogue.some((probe) => probe.id === id && probe.gates.includes(gate)),
  );
  const complaints = [
    ...dropped.map((id) => `${policyFile.path}: ${gate}.probes does not name ${id}`),
    ...strange.map((id) => `${policyFile.path}: ${gate} names ${id}, which is no probe of this gate`),
  ];
  return [
    ...findings,
    ...complaints.map((message) => ({
      probe: 'thresholds-are-not-loosened',
      outcome: 'undecided' as const,
      message,
      subject: null,
      workstream: null,
      value: null,
      threshold: null,
      unit: null,
      recordIds: [],
      file: policyFile.path,
      remediation: `git diff -- ${policyFile.path}`,
    })),
  ];
}
