import { EvidenceError, evidenceErrorCodes, renderRecordCatalogue } from '@dgx-pixels/evidence';
import { GateError, gateErrorCodes, renderGateCatalogue, renderVerdict } from '@dgx-pixels/gates';
import { findWorkspace } from './find-workspace.ts';
import { helpText, parseArguments } from './parse-arguments.ts';
import { runGate } from './run-gate.ts';

/** Does what the arguments say and returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    process.stdout.write(helpText);
    return 0;
  }
  if (command.kind === 'catalogue') {
    process.stdout.write(command.page === 'gates' ? renderGateCatalogue() : renderRecordCatalogue());
    return 0;
  }
  const { gate, profile, json } = command;
  const run = await runGate({ workspaceRoot: await findWorkspace(process.cwd()), gate, profile });
  if (json) {
    process.stdout.write(`${JSON.stringify(run.verdict, null, 2)}\n`);
  } else {
    const written = [
      `Gate ${gate}, profile ${profile}, policy ${run.verdict.policy.path}`,
      `Verdict: ${run.verdictPath}, ${run.pagePath}`,
      ...(run.contactSheetPath === null ? [] : [`Pictures: ${run.contactSheetPath}`]),
    ];
    process.stdout.write(`${written.join('\n')}\n${renderVerdict(run.verdict)}`);
  }
  return run.verdict.exitCode;
}

/** Prints a failure with what to type next, and gives its exit code. */
function explainFailure(error: unknown): number {
  const coded =
    error instanceof GateError
      ? { error, exitCode: gateErrorCodes[error.code].exitCode }
      : error instanceof EvidenceError
        ? { error, exitCode: evidenceErrorCodes[error.code].exitCode }
        : null;
  if (coded === null) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
  process.stderr.write(`${coded.error.code}: ${coded.error.message}\n  next: ${coded.error.hint}\n`);
  return coded.exitCode;
}

process.exitCode = await main(process.argv.slice(2)).catch(explainFailure);
