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
  };
}

/** Adds one event that arrived at `atMs`. */
export function traceEvent(trace: RunTrace, event: RunEvent, atMs: number): void {
  if (event.type === 'started') trace.startedAtMs ??= atMs;
  if (event.type === 'cached') for (const nodeId of event.nodeIds) trace.cachedNodes.add(nodeId);
  if (event.type === 'node-started') {
    closeCurrent(trace, atMs);
    trace.executedNodes.add(event.nodeId);
    trace.current = { nodeId: event.nodeId, sinceMs: atMs };
  }
  if (event.type === 'ended') {
    closeCurrent(trace, atMs);
    trace.endedAtMs ??= atMs;
    if (event.as === 'success') trace.succeededAtMs ??= atMs;
  }
}

function closeCurrent(trace: RunTrace, atMs: number): void {
  if (trace.current === null) return;
  const { nodeId, sinceMs } = trace.current;
  trace.nodeMs.set(nodeId, (trace.nodeMs.get(nodeId) ?? 0) + (atMs - sinceMs));
  trace.current = null;
}
