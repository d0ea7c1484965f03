import type { JobResult } from '@dgx-pixels/comfy-client';
import { CliError, type CliErrorCode } from './errors.ts';

type UnsuccessfulJob = Exclude<JobResult, { status: 'succeeded' }>;

/** How a run that brought no images is reported to the user. */
export function runError(result: UnsuccessfulJob): CliError {
  const message = 'message' in result ? result.message : `the run ended as ${result.status}`;
  return new CliError(codeOf(result), message, { details: { ...result } });
}

function codeOf(result: UnsuccessfulJob): CliErrorCode {
  if (result.status === 'rejected') return 'CLI_WORKFLOW_REFUSED';
  if (result.status === 'lost') return 'CLI_RUN_LOST';
  if (result.status !== 'failed') return 'CLI_RUN_FAILED';
  if (result.reason === 'validation') return 'CLI_WORKFLOW_REFUSED';
  return result.reason === 'out-of-memory' ? 'CLI_RUN_OUT_OF_MEMORY' : 'CLI_RUN_FAILED';
}
