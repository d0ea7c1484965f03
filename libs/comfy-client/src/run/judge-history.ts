import { z } from 'zod';

import { plainText } from '../plain-text.ts';
import { imagesOf, type HistoryEntry, type HistoryMessage, type ImageReference } from '../schema/history.ts';
import type { WorkflowGraph } from '../workflow-graph.ts';

/** What a history entry says about a run. */
export type HistoryJudgement =
  | {
      readonly status: 'succeeded';
      readonly images: readonly ImageReference[];
      readonly cachedNodes: readonly string[];
      readonly serverMs: number | null;
    }
  | {
      readonly status: 'failed';
      readonly reason: 'node-error' | 'out-of-memory' | 'blocked';
      readonly nodeId: string | null;
      readonly nodeType: string | null;
      readonly exceptionType: string | null;
      readonly message: string;
    }
  | { readonly status: 'interrupted'; readonly nodeId: string | null };

/** Classes that leave image files behind; a success without theirs is none. */
const imageSavers: ReadonlySet<string> = new Set(['SaveImage', 'PreviewImage']);

const text = z.string().catch('');
const errorSchema = z.object({
  node_id: z.string().nullable().catch(null),
  node_type: z.string().nullable().catch(null),
  exception_message: text,
  exception_type: text,
});
type ExecutionError = z.infer<typeof errorSchema>;

/**
 * Decides how a prompt ended. The last terminal message wins over `status_str`, which calls interrupts errors and
 * dynamic cycles successes. An `ExecutionBlocked` error is not terminal: it fails the run only if files are missing.
 */
export function judgeHistory(graph: WorkflowGraph, entry: HistoryEntry): HistoryJudgement {
  const errors = entry.messages.filter(isError).map((message) => errorSchema.parse(message.data));
  const last = entry.messages.findLast(isTerminal);
  if (last?.type === 'execution_interrupted') {
    return { status: 'interrupted', nodeId: errorSchema.parse(last.data).node_id };
  }
  if (last?.type === 'execution_error') return failure(errorSchema.parse(last.data));

  const blocked = errors.find((error) => isBlocked(error.exception_type));
  if (last === undefined && blocked === undefined && entry.statusText === 'error') {
    return {
      status: 'failed',
      reason: 'node-error',
      nodeId: null,
      nodeType: null,
      exceptionType: null,
      message: 'The server gave no reason',
    };
  }
  const images = Object.entries(entry.outputs).flatMap(([nodeId, output]) => imagesOf(nodeId, output));
  const saved = new Set(images.map((image) => image.nodeId));
  const empty = Object.entries(graph).find(([nodeId, node]) => imageSavers.has(node.class_type) && !saved.has(nodeId));
  if (empty !== undefined) {
    const [nodeId, node] = empty;
    const why = blocked === undefined ? 'its input was blocked' : plainText(blocked.exception_message);
    const message = `Node ${nodeId} (${plainText(node.class_type, 100)}) saved no image: ${why}`;
    return { status: 'failed', reason: 'blocked', nodeId, nodeType: node.class_type, exceptionType: null, message };
  }
  return { status: 'succeeded', images, cachedNodes: cachedNodesOf(entry), serverMs: serverMsOf(entry) };
}

function isError(message: HistoryMessage): boolean {
  return message.type === 'execution_error';
}

function isBlocked(exceptionType: unknown): boolean {
  return exceptionType === 'ExecutionBlocked';
}

function isTerminal(message: HistoryMessage): boolean {
  if (message.type === 'execution_error') return !isBlocked(message.data['exception_type']);
  return message.type === 'execution_success' || message.type === 'execution_interrupted';
}

function failure(error: ExecutionError): HistoryJudgement {
  const type = plainText(error.exception_type, 100);
  const said = plainText(error.exception_message);
  return {
    status: 'failed',
    reason: isOutOfMemory(error) ? 'out-of-memory' : 'node-error',
    nodeId: error.node_id,
    nodeType: error.node_type === null ? null : plainText(error.node_type, 100),
    exceptionType: type === '' ? null : type,
    message: [type, said].filter((part) => part !== '').join(': ') || 'The server gave no reason',
  };
}

/** torch moved the class between versions; drivers also report it as an AcceleratorError. */
function isOutOfMemory(error: ExecutionError): boolean {
  if (/(^|\.)(OutOfMemoryError|MemoryError)$/.test(error.exception_type)) return true;
  return error.exception_type.endsWith('AcceleratorError') && /out of memory/i.test(error.exception_message);
}

function cachedNodesOf(entry: HistoryEntry): string[] {
  const schema = z.object({ nodes: z.array(z.string()) });
  return entry.messages.flatMap((message) => {
    const parsed = message.type === 'execution_cached' ? schema.safeParse(message.data) : null;
    return parsed?.success === true ? parsed.data.nodes : [];
  });
}

function serverMsOf(entry: HistoryEntry): number | null {
  const startedAt = timestampOf(entry, 'execution_start');
  const endedAt = timestampOf(entry, 'execution_success');
  // A server clock set back during the run would give a negative time: that is no measurement.
  return startedAt === null || endedAt === null || endedAt < startedAt ? null : endedAt - startedAt;
}

function timestampOf(entry: HistoryEntry, type: string): number | null {
  const value = entry.messages.findLast((message) => message.type === type)?.data['timestamp'];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
