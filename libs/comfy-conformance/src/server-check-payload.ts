import { canonicalJson, type ServerCheckPayload, sha256Hex } from '@dgx-pixels/evidence';
import type { CheckResult, ConformanceReport } from './run-conformance.ts';

/** What a run found, as the payload of a `server-check` record. */
export function serverCheckPayload(report: ConformanceReport): ServerCheckPayload {
  const { system, devices } = report.stats;
  const argv = system.argv ?? [];
  const facts = {
    comfyuiVersion: system.comfyui_version,
    pythonVersion: system.python_version ?? null,
    pytorchVersion: system.pytorch_version ?? null,
    os: system.os,
    deviceName: devices[0]?.name ?? 'none',
    argvSha256: argv.length === 0 ? null : sha256Hex(canonicalJson(argv)),
  };
  const results = report.results.map((result) => ({
    id: result.id,
    area: result.area,
    statement: result.statement,
    outcome: result.outcome,
    detail: detailOf(result),
    durationMs: result.durationMs,
  }));
  const count = (outcome: CheckResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    url: report.url,
    system: facts,
    checkpoint: report.checkpoint,
    restarted: report.restarted,
    counts: {
      pass: count('pass'),
      fail: count('fail'),
      notAvailable: count('not-available'),
      error: count('error'),
    },
    results,
    missing: {
      ...(facts.pythonVersion === null && { 'system.pythonVersion': 'the server does not tell' }),
      ...(facts.pytorchVersion === null && { 'system.pytorchVersion': 'the server does not tell' }),
      ...(facts.argvSha256 === null && { 'system.argvSha256': 'the server tells no command line' }),
      ...(report.checkpoint === null && { checkpoint: 'the server lists none' }),
    },
  };
}

/** What was expected and seen, or why there is no answer; empty where the statement holds. */
export function detailOf(result: CheckResult): string {
  if (result.outcome === 'pass') return '';
  return result.outcome === 'fail' ? `expected ${result.expected}, seen ${result.seen}` : result.reason;
}
