import { dirname, resolve } from 'node:path';
import { type CheckResult, type ConformanceReport, runConformance } from '@dgx-pixels/comfy-conformance';
import { openCheckedServer } from './comfy-conformance-server.ts';
import { writeConformance } from './comfy-conformance-record.ts';
import { conformanceTable } from './comfy-conformance-table.ts';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';

export interface ComfyConformanceOptions {
  readonly url?: string;
  readonly only?: readonly string[];
  readonly checkpoint?: string;
  readonly restartCommand?: string;
  readonly output?: string;
}

/** Checks which statements about the protocol hold of a server. What a whole run found becomes a record. */
export async function comfyConformance(
  context: CommandContext,
  options: ComfyConformanceOptions,
): Promise<CommandResult> {
  const { only = [], checkpoint } = options;
  if (only.length > 0 && options.output !== undefined) {
    throw new CliError('CLI_USAGE', 'a part of the checks makes no record: give --only or --output');
  }
  const output = options.output === undefined ? undefined : resolve(context.workingDirectory, options.output);
  if (output !== undefined) await makeOutputFolder(context.workingDirectory, dirname(output));
  const { progress, signal } = context;
  progress.update('asking the server');
  const server = await openCheckedServer(options, signal);
  try {
    const report = await runConformance({
      url: server.url,
      only,
      checkpoint,
      restart: server.restart,
      signal,
      onProgress: ({ area, id }, index, count) => progress.update(`${area}: ${id}`, index / count),
    });
    const written = only.length > 0 ? null : await writeConformance(context, server, report, output);
    return {
      exitCode: exitCodeOf(report),
      data: { ...dataOf(report), record: written?.id ?? null, files: written?.files ?? [] },
      text: [
        ...conformanceTable(report),
        ...(written === null ? [] : [`record ${written.id} in ${written.files.join(' and ')}`]),
      ].join('\n'),
    };
  } finally {
    await server.close();
  }
}

function dataOf({ url, stats, checkpoint, results }: ConformanceReport) {
  return { url, version: stats.system.comfyui_version, checkpoint, results };
}

/** A statement that does not hold is a no; without one, checks that could not be carried out leave it undecided. */
function exitCodeOf({ results }: ConformanceReport): number {
  const found = (outcome: CheckResult['outcome']): boolean => results.some((result) => result.outcome === outcome);
  if (found('fail')) return exitCodes.answerIsNo;
  return found('error') || !found('pass') ? exitCodes.undecided : exitCodes.done;
}
