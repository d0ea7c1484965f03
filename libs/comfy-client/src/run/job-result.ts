import type { HistoryEntry } from '../schema/history.ts';
import type { NodeErrors } from '../schema/prompt-reply.ts';
import type { OutputFile } from './digest-outputs.ts';

/** A prompt that ran to its end and left a file at every node that saves images. */
export interface SucceededJob {
  readonly status: 'succeeded';
  readonly promptId: string;
  /** Files in the order the history lists them, with size and SHA-256 unless `digestOutputs` was false. */
  readonly images: readonly OutputFile[];
  readonly outputs: HistoryEntry['outputs'];
  /** Nodes seen starting. Short of the truth when `socketLost` is true. */
  readonly executedNodes: readonly string[];
  /** Nodes whose result came from the server's cache. */
  readonly cachedNodes: readonly string[];
  /** Node id → time between its start event and the next one, client clock, milliseconds. */
  readonly nodeMs: Readonly<Record<string, number>>;
  /** From the submission to the start of execution, client clock, milliseconds; null if the start event was missed. */
  readonly queueMs: number | null;
  /** From start to success by the server's own timestamps, milliseconds, without the wait in the queue. */
  readonly serverMs: number | null;
  /** From the submission until the success event, or until history told the success without one; client clock, milliseconds. */
  readonly clientMs: number;
  /** The event socket broke or fell silent on the way: times and node lists from events may be incomplete. */
  readonly socketLost: boolean;
}

/** A prompt that the server would not run, or that broke while running. */
export interface FailedJob {
  readonly status: 'failed';
  readonly promptId: string;
  /**
   * `validation`: the server found faults in the graph, in part or in whole. `blocked`: the run ended without error, yet
   * a node that saves images has none. `file-missing`: history names a file that the server does not have.
   */
  readonly reason: 'validation' | 'node-error' | 'out-of-memory' | 'blocked' | 'file-missing';
  readonly nodeId: string | null;
  readonly nodeType: string | null;
  /** The server's name of what broke in the node, printable; null if nothing ran or it gave none. */
  readonly exceptionType: string | null;
  /** Printable, one line. */
  readonly message: string;
  /** Faults by node, with `validation`. */
  readonly nodeErrors: NodeErrors | null;
}

/** How a run can end. Only transport failures before acceptance, bad arguments and the caller's own abort are thrown. */
export type JobResult =
  | SucceededJob
  | FailedJob
  | {
      /** Someone else interrupted the prompt. */
      readonly status: 'interrupted';
      readonly promptId: string;
      readonly nodeId: string | null;
    }
  | {
      /** The server refused the request as such: too large, not understood, not permitted. */
      readonly status: 'rejected';
      readonly promptId: string;
      readonly httpStatus: number;
      readonly message: string;
    }
  | {
      /** Neither queue nor history know the prompt: never accepted, deleted by someone, or forgotten in a restart. */
      readonly status: 'lost';
      readonly promptId: string;
      /** Whether the server confirmed the submission. */
      readonly accepted: boolean;
      readonly message: string;
    }
  | {
      /** `timeoutMs` passed; the prompt was cancelled by its id. */
      readonly status: 'timed-out';
      readonly promptId: string;
      readonly timeoutMs: number;
      /** False: the server did not take the cancellation, so the prompt may still run. */
      readonly cancelled: boolean;
    };
