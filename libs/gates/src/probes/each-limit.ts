import type { FiledBenchmark, GateFacts } from '../facts/gate-facts.ts';
import type { Answer } from '../finding.ts';
import type { ScenarioLimit } from '../policy/policy-schema.ts';

/** Asks about the benchmark of each scenario that the policy names; a scenario without exactly one record is not asked. */
export function askEachLimit(
  facts: GateFacts,
  limits: readonly ScenarioLimit[],
  ask: (benchmark: FiledBenchmark, limit: ScenarioLimit) => Answer,
): readonly Answer[] {
  const directory = 'bench/results/ws-05/' + facts.profile + '/latest';
  if (limits.length === 0) {
    const message = `${facts.policyFile.path} sets no limit of this kind`;
    return [{ outcome: 'missing', message, workstream: 'ws-05', file: facts.policyFile.path }];
  }
  return limits.map((limit) => {
    const about = { subject: limit.scenario, workstream: 'ws-05' as const };
    const found = facts.benchmarks.filter(({ record }) => record.payload.scenario.name === limit.scenario);
    const [benchmark] = found;
    if (benchmark === undefined) {
      return {
        outcome: 'missing',
        message: `no sound record of scenario ${limit.scenario}`,
        file: directory,
        ...about,
      };
    }
    if (found.length > 1) {
      const message = `${found.length} records of scenario ${limit.scenario}, one is expected`;
      return { outcome: 'undecided', message, file: directory, ...about };
    }
    return { recordIds: [benchmark.record.id], file: benchmark.path, ...about, ...ask(benchmark, limit) };
  });
}
