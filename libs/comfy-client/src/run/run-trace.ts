import type { RunEvent } from '../schema/event.ts';

/** What the events of one prompt told so far. Times are on the client's monotonic clock, milliseconds. */
export interface RunTrace {
  startedAtMs: number | null;
  /** The first event that looked like the end. */
  endedAtMs: number | null;
  /** The success event. */
  succeededAtMs: number | null;
  /** Node ids in order of their first start. */
  readonly executedNodes: Set<string>;
  readonly cachedNodes: Set<string>;
  /** Node id → time between its start and the next node's, summed over repeated starts. */
  readonly nodeMs: Map<string, number>;
  current: { readonly nodeId: string; readonly sinceMs: number } | null;
  /** Node id → the furthest progress of its present pass. */
  readonly progress: Map<string | null, { readonly value: number; readonly max: number }>;
}

/** A trace before the first event. */
export function newRunTrace(): RunTrace {
  return {
    startedAtMs: null,
    endedAtMs: null,
    succeededAtMs: null,
    executedNodes: new Set(),
    cachedNodes: new Set(),
    nodeMs: new Map(),
    current: null,
    progress: new Map(),
  };
}

/** Adds one event that arrived at `atMs`. */
export function traceEvent(trace: RunTrace, event: RunEvent, atMs: number): void {
  if (event.type === 'started') trace.startedAtMs ??= atMs;
  if (event.type === 'cached') for (const nodeId of event.nodeIds) trace.cachedNodes.add(nodeId);
  if (event.type === 'node-started') {
    closeCurrent(trace, atMs);
    trace.executedNodes.add(event.nodeId);
    trace.progress.delete(event.nodeId);
    trace.current = { nodeId: event.nodeId, sinceMs: atMs };
  }
  if (event.type === 'ended') {
    closeCurrent(trace, atMs);
    trace.endedAtMs ??= atMs;
    if (event.as === 'success') trace.succeededAtMs ??= atMs;
  }
}

/**
 * Takes progress in; false when it says less than was told before, as events that come twice or in another order do. A
 * node that counts to another number, or has been started again, begins a new pass.
 */
export function advanceProgress(trace: RunTrace, event: RunEvent & { readonly type: 'progress' }): boolean {
  const furthest = trace.progress.get(event.nodeId);
  if (furthest?.max === event.max && event.value < furthest.value) return false;
  trace.progress.set(event.nodeId, event);
  return true;
}

function closeCurrent(trace: RunTrace, atMs: number): void {
  if (trace.current === null) return;
  const { nodeId, sinceMs } = trace.current;
  trace.nodeMs.set(nodeId, (trace.nodeMs.get(nodeId) ?? 0) + (atMs - sinceMs));
  trace.current = null;
}
