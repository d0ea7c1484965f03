import type { JobResult } from '@dgx-pixels/comfy-client';
import { errorRegistry } from './error-registry.ts';
import { CliError, type CliErrorCode } from './errors.ts';

type UnsuccessfulJob = Exclude<JobResult, { status: 'succeeded' }>;

/** How a run that brought no images is reported to the user: with the engine's own code if it gave one. */
export function runError(result: UnsuccessfulJob): Error {
  const message = 'message' in result ? result.message : `the run ended as ${result.status}`;
  const details = { ...result };
  const code = result.status === 'failed' ? /\.([A-Z_]+)$/.exec(result.exceptionType ?? '')?.[1] : undefined;
  const entry = code === undefined ? undefined : errorRegistry.get(code);
  if (entry !== undefined) return Object.assign(new Error(message), { code, hint: entry.hint, details });
  return new CliError(codeOf(result), message, { details });
}

function codeOf(result: UnsuccessfulJob): CliErrorCode {
  if (result.status === 'rejected') return 'CLI_WORKFLOW_REFUSED';
  if (result.status === 'lost') return 'CLI_RUN_LOST';
  if (result.status !== 'failed') return 'CLI_RUN_FAILED';
  if (result.reason === 'validation') return 'CLI_WORKFLOW_REFUSED';
  return result.reason === 'out-of-memory' ? 'CLI_RUN_OUT_OF_MEMORY' : 'CLI_RUN_FAILED';
}
