import { renderRecordCatalogue } from '@dgx-pixels/evidence';
import { renderGateCatalogue, renderVerdict } from '@dgx-pixels/gates';
import { findWorkspace } from './find-workspace.ts';
import { helpText, parseArguments } from './parse-arguments.ts';
import { reportFailure } from './report-failure.ts';
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

const argv = process.argv.slice(2);
process.exitCode = await main(argv).catch((error: unknown) =>
  // Read here as well: what is to be told may be that the arguments were not understood.
  reportFailure(error, { json: argv.includes('--json') }),
);
