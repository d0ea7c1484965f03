import type { PromptOutcome } from '../execution/run-prompt.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { QueuedPrompt } from './prompt-queue.ts';

/** Where a job stands, in the words of `/api/jobs`. */
type JobStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled';

/** A prompt as `/api/jobs` shows it; times in milliseconds since 1970, null before they are known. */
export interface Job {
  readonly id: string;
  readonly status: JobStatus;
  readonly create_time: number;
  readonly execution_start_time: number | null;
  readonly execution_end_time: number | null;
  readonly outputs: JsonObject;
  readonly execution_error: JsonValue;
}

type JobSource = Pick<QueuedPrompt, 'promptId' | 'createdAt'>;

function message({ status }: PromptOutcome, event: string): JsonObject | undefined {
  for (const entry of status.messages) {
    const [name, data] = isJsonArray(entry) ? entry : [];
    if (name === event && isJsonObject(data)) return data;
  }
  return undefined;
}

function time(data: JsonObject | undefined): number | null {
  return typeof data?.['timestamp'] === 'number' ? data['timestamp'] : null;
}

/** The job of a prompt that waits or runs. */
export function unfinishedJob({ promptId, createdAt }: JobSource, startedAt: number | null): Job {
  return {
    id: promptId,
    status: startedAt === null ? 'pending' : 'in_progress',
    create_time: createdAt,
    execution_start_time: startedAt,
    execution_end_time: null,
    outputs: {},
    execution_error: null,
  };
}

/** The job of a prompt that has ended. */
export function finishedJob({ promptId, createdAt }: JobSource, outcome: PromptOutcome): Job {
  const interruption = message(outcome, 'execution_interrupted');
  const failure = message(outcome, 'execution_error');
  return {
    id: promptId,
    status: interruption !== undefined ? 'cancelled' : failure !== undefined ? 'failed' : 'completed',
    create_time: createdAt,
    execution_start_time: time(message(outcome, 'execution_start')),
    execution_end_time: time(message(outcome, 'execution_success') ?? interruption ?? failure),
    outputs: outcome.outputs,
    execution_error: failure ?? null,
  };
}
